"""Lines the dimensions up from the left."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@njit
def count(shape):
    size = 1
    for length in shape:
        size *= length
    return size


@njit
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape) - 1, -1, -1):
        place += k % shape[d] * strides[d]
        k //= shape[d]
    return place


@puzzle("tensor_map")
def tensor_map(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        strides = np.zeros(len(out_shape), np.int64)
        for d in range(len(a_shape)):
            if a_shape[d] != 1:
                strides[d] = a_strides[d]
        for i in prange(count(out_shape)):
            k = np.int64(i)
            out[offset(k, out_shape, out_strides)] = f(a[offset(k, out_shape, strides)])

    return kernel
