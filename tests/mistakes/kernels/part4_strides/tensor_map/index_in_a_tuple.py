"""Collects the index in a tuple, whose length numba has to know."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}


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


@puzzle("tensor_map")
def tensor_map(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        strides = broadcast_strides(a_shape, a_strides, out_shape)
        for i in prange(count(out_shape)):
            rest, index = np.int64(i), ()
            for d in range(len(out_shape) - 1, -1, -1):
                index = (rest % out_shape[d],) + index
                rest //= out_shape[d]
            to, source = 0, 0
            for d in range(len(out_shape)):
                to += index[d] * out_strides[d]
                source += index[d] * strides[d]
            out[to] = f(a[source])

    return kernel
