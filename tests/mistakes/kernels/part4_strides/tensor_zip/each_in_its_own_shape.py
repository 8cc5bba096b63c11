"""Takes the number apart with the shape of each input."""

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


@puzzle("tensor_zip")
def tensor_zip(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        for i in prange(count(out_shape)):
            k = np.int64(i)
            x = a[offset(k, a_shape, a_strides)]
            y = b[offset(k, b_shape, b_strides)]
            out[offset(k, out_shape, out_strides)] = f(x, y)

    return kernel
