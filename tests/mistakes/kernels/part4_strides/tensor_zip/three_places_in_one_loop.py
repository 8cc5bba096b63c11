"""Adds up all three places in one loop over the dimensions."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = "solved"


@njit
def count(shape):
    size = 1
    for length in shape:
        size *= length
    return size


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
            rest, to, in_a, in_b = np.int64(i), 0, 0, 0
            for d in range(len(out_shape) - 1, -1, -1):
                along = rest % out_shape[d]
                rest //= out_shape[d]
                to += along * out_strides[d]
                in_a += along * strides_in_a[d]
                in_b += along * strides_in_b[d]
            out[to] = f(a[in_a], b[in_b])

    return kernel
