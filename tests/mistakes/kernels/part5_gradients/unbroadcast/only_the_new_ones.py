"""Sums over the new dimensions, not over those that were stretched."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    return d.sum(tuple(range(d.ndim - len(shape))))
