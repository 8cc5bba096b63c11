"""A loop with a counter."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("position")
def position(index, strides):
    place = 0
    for d in range(len(index)):
        place = place + strides[d] * index[d]
    return place
