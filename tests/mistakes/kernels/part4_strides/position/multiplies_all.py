"""A product where a sum belongs."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("position")
def position(index, strides):
    place = 1
    for i, stride in zip(index, strides):
        place *= i * stride
    return place
