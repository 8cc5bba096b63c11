"""Divides by the number of elements behind each dimension, from the first to the last."""

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
        size = count(out_shape)
        strides = broadcast_strides(a_shape, a_strides, out_shape)
        for i in prange(size):
            rest, behind, to, source = np.int64(i), size, 0, 0
            for d in range(len(out_shape)):
                behind = behind // out_shape[d]
                along = rest // behind
                rest = rest - along * behind
                to += along * out_strides[d]
                source += along * strides[d]
            out[to] = f(a[source])

    return kernel
