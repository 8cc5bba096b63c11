"""Multiplies the strides where they stand."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("offset")
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape) - 1, -1, -1):
        strides[d] *= k % shape[d]
        place += strides[d]
        k //= shape[d]
    return place
