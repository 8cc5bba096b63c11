"""Gives a dimension of size 1 the stride of a stretched one."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("strides_of")
def strides_of(shape):
    strides, product = [], 1
    for size in reversed(shape):
        strides.append(0 if size == 1 else product)
        product *= size
    return tuple(reversed(strides))
