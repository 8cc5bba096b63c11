"""Multiplies up as if the strides were sizes."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("position")
def position(index, strides):
    place = 0
    for i, size in zip(index, strides):
        place = place * size + i
    return place
