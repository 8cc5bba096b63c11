"""Divides with /."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("offset")
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape) - 1, -1, -1):
        i = k % shape[d]
        place += i * strides[d]
        k = (k - i) / shape[d]
    return place
