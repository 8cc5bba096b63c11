"""Always sums over the first dimension."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    return d.sum(0, keepdims=True) if d.shape != shape and d.ndim else d
