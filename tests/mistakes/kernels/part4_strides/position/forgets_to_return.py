"""Finds the position and keeps it."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("position")
def position(index, strides):
    place = 0
    for i, stride in zip(index, strides):
        place += i * stride
