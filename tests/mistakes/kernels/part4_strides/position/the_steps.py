"""Returns the steps along each dimension and leaves adding them up to others."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("position")
def position(index, strides):
    return tuple(i * stride for i, stride in zip(index, strides))
