"""Brings each index together with the stride of another dimension."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("position")
def position(index, strides):
    return sum(i * stride for i, stride in zip(index, reversed(strides)))
