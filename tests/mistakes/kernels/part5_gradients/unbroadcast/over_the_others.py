"""Sums over the dimensions that did not grow."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    same = tuple(new + i for i, size in enumerate(shape) if size == d.shape[new + i])
    return d.sum(same, keepdims=True).reshape(shape)
