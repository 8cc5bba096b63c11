"""Subtracts, whatever f is."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


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


@puzzle("tensor_zip")
def tensor_zip(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        strides_in_a = broadcast_strides(a_shape, a_strides, out_shape)
        strides_in_b = broadcast_strides(b_shape, b_strides, out_shape)

        for i in prange(count(out_shape)):
            k = np.int64(i)
            x = a[offset(k, out_shape, strides_in_a)]
            y = b[offset(k, out_shape, strides_in_b)]
            out[offset(k, out_shape, out_strides)] = x - y

    return kernel
