"""Multiplies before it notes: every stride is one size too large."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("strides_of")
def strides_of(shape):
    strides, product = [], 1
    for size in reversed(shape):
        product *= size
        strides.append(product)
    return tuple(reversed(strides))
