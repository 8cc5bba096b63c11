"""Takes the short way wherever the strides agree, and writes what lies between the elements."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed"}


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


@njit
def broadcast_strides(shape, strides, big_shape):
    big_strides = np.zeros(len(big_shape), np.int64)
    missing = len(big_shape) - len(shape)
    for d in range(len(shape)):
        if shape[d] != 1:
            big_strides[missing + d] = strides[d]
    return big_strides


@puzzle("tensor_map")
def tensor_map(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        if np.array_equal(out_shape, a_shape) and np.array_equal(out_strides, a_strides):
            for k in prange(len(out)):
                out[k] = f(a[k])
        else:
            strides = broadcast_strides(a_shape, a_strides, out_shape)
            for i in prange(count(out_shape)):
                k = np.int64(i)
                out[offset(k, out_shape, out_strides)] = f(a[offset(k, out_shape, strides)])

    return kernel
