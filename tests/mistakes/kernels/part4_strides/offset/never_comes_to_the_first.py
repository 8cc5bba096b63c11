"""The range ends before dimension 0."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("offset")
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape) - 1, 0, -1):
        place += k % shape[d] * strides[d]
        k //= shape[d]
    return place
