"""Combines in the cell of out, which belongs to one iteration alone."""

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


@puzzle("tensor_reduce")
def tensor_reduce(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, reduce_dim):
        for i in prange(count(out_shape)):
            k = np.int64(i)
            to = offset(k, out_shape, out_strides)
            source = offset(k, out_shape, a_strides)
            for j in range(a_shape[reduce_dim]):
                out[to] = f(out[to], a[source])
                source += a_strides[reduce_dim]

    return kernel
