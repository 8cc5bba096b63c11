"""Goes through the dimensions from the front."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("offset")
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape)):
        place += k % shape[d] * strides[d]
        k //= shape[d]
    return place
