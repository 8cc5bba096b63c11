"""Defines its helper functions inside the function that makes the kernel."""

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


@puzzle("tensor_zip")
def tensor_zip(f):
    @njit
    def place(k, big_shape, shape, strides):
        at = 0
        for d in range(1, len(shape) + 1):
            if shape[-d] != 1:
                at += k % big_shape[-d] * strides[-d]
            k //= big_shape[-d]
        return at

    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        for i in prange(count(out_shape)):
            k = np.int64(i)
            x = a[place(k, out_shape, a_shape, a_strides)]
            y = b[place(k, out_shape, b_shape, b_strides)]
            out[place(k, out_shape, out_shape, out_strides)] = f(x, y)

    return kernel
