"""Has the decorator that it does not need, and a compiled helper."""

from numba import njit

from minigrad.workbook import puzzle

EXPECT = "solved"


@njit
def split(k, size):
    return k // size, k % size


@puzzle("offset")
@njit
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape) - 1, -1, -1):
        k, i = split(k, shape[d])
        place += i * strides[d]
    return place
