"""Begins with 0 and not with what out holds."""

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


@puzzle("tensor_reduce")
def tensor_reduce(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, reduce_dim):
        for i in prange(count(out_shape)):
            k = np.int64(i)
            source = offset(k, out_shape, a_strides)
            value = np.float32(0)
            for j in range(a_shape[reduce_dim]):
                value = f(value, a[source + j * a_strides[reduce_dim]])
            out[offset(k, out_shape, out_strides)] = value

    return kernel
