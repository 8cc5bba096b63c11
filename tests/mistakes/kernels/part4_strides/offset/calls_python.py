"""Right in Python; numba does not call a function that is not compiled."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}


@puzzle("offset")
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape) - 1, -1, -1):
        k, i = split(k, shape[d])
        place += i * strides[d]
    return place


def split(k, size):
    return k // size, k % size
