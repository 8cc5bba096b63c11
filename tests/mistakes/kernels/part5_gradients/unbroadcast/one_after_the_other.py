"""Sums over one dimension at a time."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    while d.ndim > len(shape):
        d = d.sum(0)
    for i, size in enumerate(shape):
        if size == 1:
            d = d.sum(i, keepdims=True)
    return d
