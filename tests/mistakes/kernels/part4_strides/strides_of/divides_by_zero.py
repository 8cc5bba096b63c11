"""Divides by sizes, and a size may be 0."""

from math import prod

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("strides_of")
def strides_of(shape):
    left = prod(shape)
    strides = []
    for size in shape:
        left //= size
        strides.append(left)
    return tuple(strides)
