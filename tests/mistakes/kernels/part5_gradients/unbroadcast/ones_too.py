"""Sums over every dimension of size 1, stretched or not."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    new = d.ndim - len(shape)
    ones = [new + i for i, size in enumerate(shape) if size == 1]
    return d.sum((*range(new), *ones), keepdims=True).reshape(shape)
