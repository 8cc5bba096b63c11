"""Takes every remainder of the same number."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("index")
def index(k, shape):
    return tuple(k % size for size in shape)
