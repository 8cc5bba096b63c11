"""Divides by what lies after each dimension, which it works out first."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("offset")
def offset(k, shape, strides):
    after = 1
    for d in range(len(shape)):
        after *= shape[d]
    place = 0
    for d in range(len(shape)):
        after //= shape[d]
        place += k // after * strides[d]
        k %= after
    return place
