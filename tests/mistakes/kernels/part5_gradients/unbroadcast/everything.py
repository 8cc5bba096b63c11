"""Sums everything into one number."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    return d.sum() if d.shape != shape else d
