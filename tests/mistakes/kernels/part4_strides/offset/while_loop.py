"""Counts the dimensions down by hand."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("offset")
def offset(k, shape, strides):
    place = 0
    d = len(shape)
    while d > 0:
        d -= 1
        i = k % shape[d]
        place = place + i * strides[d]
        k = (k - i) // shape[d]
    return place
