"""Keeps the strides of all three in one array of two axes."""

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


@puzzle("tensor_zip")
def tensor_zip(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        rank = len(out_shape)
        table = np.zeros((3, rank), np.int64)
        table[0] = out_strides
        for d in range(len(a_shape)):
            table[1, rank - len(a_shape) + d] = a_strides[d] if a_shape[d] > 1 else 0
        for d in range(len(b_shape)):
            table[2, rank - len(b_shape) + d] = b_strides[d] if b_shape[d] > 1 else 0
        for i in prange(count(out_shape)):
            places = np.zeros(3, np.int64)
            rest = np.int64(i)
            for d in range(rank - 1, -1, -1):
                for t in range(3):
                    places[t] += rest % out_shape[d] * table[t, d]
                rest //= out_shape[d]
            out[places[0]] = f(a[places[1]], b[places[2]])

    return kernel
