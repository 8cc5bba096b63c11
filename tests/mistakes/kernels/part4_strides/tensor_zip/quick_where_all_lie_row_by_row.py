"""Takes a short way where all shapes and strides agree and there are no gaps."""

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
        size = count(out_shape)
        if (
            len(out) == size
            and np.array_equal(out_shape, a_shape)
            and np.array_equal(out_shape, b_shape)
            and np.array_equal(out_strides, a_strides)
            and np.array_equal(out_strides, b_strides)
        ):
            for k in prange(size):
                out[k] = f(a[k], b[k])
        else:
            strides_in_a = broadcast_strides(a_shape, a_strides, out_shape)
            strides_in_b = broadcast_strides(b_shape, b_strides, out_shape)
            for i in prange(size):
                k = np.int64(i)
                x, y = a[offset(k, out_shape, strides_in_a)], b[offset(k, out_shape, strides_in_b)]
                out[offset(k, out_shape, out_strides)] = f(x, y)

    return kernel
