"""Writes each stride where it belongs, and counts an empty dimension as one element."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("strides_of")
def strides_of(shape):
    strides = [1] * len(shape)
    for d in range(len(shape) - 2, -1, -1):
        strides[d] = strides[d + 1] * max(shape[d + 1], 1)
    return strides
