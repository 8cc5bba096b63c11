"""A stride of 0 leads nowhere, so it may be passed over."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("position")
def position(index, strides):
    place = 0
    for i, stride in zip(index, strides):
        if stride == 0:
            continue
        place += i * stride
    return place
