"""Counts in a shape and strides from which the reduced dimension was taken out."""

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
        rank = len(a_shape) - 1
        shape, to_strides, from_strides = np.empty(rank, np.int64), np.empty(rank, np.int64), np.empty(rank, np.int64)
        for d in range(rank):
            other = d if d < reduce_dim else d + 1
            shape[d], to_strides[d], from_strides[d] = a_shape[other], out_strides[other], a_strides[other]
        for i in prange(count(shape)):
            k = np.int64(i)
            to = offset(k, shape, to_strides)
            value = out[to]
            for j in range(a_shape[reduce_dim]):
                value = f(value, a[offset(k, shape, from_strides) + j * a_strides[reduce_dim]])
            out[to] = value

    return kernel
