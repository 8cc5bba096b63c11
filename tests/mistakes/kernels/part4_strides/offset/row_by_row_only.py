"""Right for every tensor that lies row by row."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("offset")
def offset(k, shape, strides):
    return k
