"""Returns d as it is."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    return d
