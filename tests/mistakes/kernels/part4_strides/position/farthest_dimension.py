"""The longest of the ways instead of all of them."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("position")
def position(index, strides):
    return max((i * stride for i, stride in zip(index, strides)), default=0)
