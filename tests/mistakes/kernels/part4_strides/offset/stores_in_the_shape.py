"""Keeps the index in the shape, which is not its own."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("offset")
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape) - 1, -1, -1):
        size = shape[d]
        shape[d] = k % size
        k //= size
    for d in range(len(shape)):
        place += shape[d] * strides[d]
    return place
