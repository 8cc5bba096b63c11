"""Keeps the value in one array that all iterations use."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "race"}


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
        value = np.zeros(1, np.float32)
        for i in prange(count(out_shape)):
            k = np.int64(i)
            to, source = offset(k, out_shape, out_strides), offset(k, out_shape, a_strides)
            value[0] = out[to]
            for j in range(a_shape[reduce_dim]):
                value[0] = f(value[0], a[source + j * a_strides[reduce_dim]])
            out[to] = value[0]

    return kernel
