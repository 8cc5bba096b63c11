"""Adds to the cells of out from a parallel loop over a, whatever f is."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}


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
        strides = out_strides.copy()
        strides[reduce_dim] = 0
        for i in prange(count(a_shape)):
            k = np.int64(i)
            out[offset(k, a_shape, strides)] += a[offset(k, a_shape, a_strides)]

    return kernel
