"""Walks over the reversed shape and strides side by side."""

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
        strides = broadcast_strides(a_shape, a_strides, out_shape)
        for i in prange(count(out_shape)):
            rest, to, source = np.int64(i), 0, 0
            for length, step, step_a in zip(out_shape[::-1], out_strides[::-1], strides[::-1]):
                along = rest % length
                rest //= length
                to += along * step
                source += along * step_a
            out[to] = f(a[source])

    return kernel
