"""Compiles the kernel by a call, and takes the size from numpy."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = "solved"


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
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        size = np.prod(out_shape)
        strides = broadcast_strides(a_shape, a_strides, out_shape)
        for i in prange(size):
            element = a[offset(np.int64(i), out_shape, strides)]
            out[offset(np.int64(i), out_shape, out_strides)] = f(element)

    return njit(parallel=True)(kernel)
