"""Drops the dimensions of size 1 that it sums over."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    grown = [new + i for i, size in enumerate(shape) if size != d.shape[new + i]]
    return d.sum((*range(new), *grown))
