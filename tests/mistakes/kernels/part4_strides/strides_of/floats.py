"""Divides the number of elements with /, and so makes floats."""

from math import prod

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("strides_of")
def strides_of(shape):
    left = prod(shape)
    strides = []
    for size in shape:
        left = left / max(size, 1)
        strides.append(left)
    return tuple(strides)
