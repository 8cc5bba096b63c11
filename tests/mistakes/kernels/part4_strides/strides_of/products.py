"""A product for each dimension."""

from math import prod

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("strides_of")
def strides_of(shape):
    return [prod(shape[d + 1 :]) for d in range(len(shape))]
