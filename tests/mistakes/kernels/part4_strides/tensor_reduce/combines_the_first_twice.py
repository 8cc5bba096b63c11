"""Begins with the first element and then combines it once more: a maximum does not mind."""

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
            to, source = offset(k, out_shape, out_strides), offset(k, out_shape, a_strides)
            value = a[source] if a_shape[reduce_dim] > 0 else out[to]
            for j in range(a_shape[reduce_dim]):
                value = f(value, a[source + j * a_strides[reduce_dim]])
            out[to] = value

    return kernel
