"""A running product from the standard library."""

from itertools import accumulate
from operator import mul

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("strides_of")
def strides_of(shape):
    return tuple(accumulate(shape[:0:-1], mul, initial=1))[::-1] if shape else ()
