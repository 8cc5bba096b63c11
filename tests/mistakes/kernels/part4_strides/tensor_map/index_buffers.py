"""Turns the number into an index kept in an array of its own, and the index into places."""

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
def to_index(k, shape, index):
    for d in range(len(shape) - 1, -1, -1):
        index[d] = k % shape[d]
        k = k // shape[d]


@njit
def broadcast_index(big_index, big_shape, shape, index):
    for d in range(len(shape)):
        if shape[d] > 1:
            index[d] = big_index[d + len(big_shape) - len(shape)]
        else:
            index[d] = 0


@njit
def index_to_position(index, strides):
    position = 0
    for d in range(len(strides)):
        position += index[d] * strides[d]
    return position


@puzzle("tensor_map")
def tensor_map(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        for i in prange(count(out_shape)):
            out_index = np.zeros(len(out_shape), np.int64)
            a_index = np.zeros(len(a_shape), np.int64)
            to_index(np.int64(i), out_shape, out_index)
            broadcast_index(out_index, out_shape, a_shape, a_index)
            out[index_to_position(out_index, out_strides)] = f(a[index_to_position(a_index, a_strides)])

    return kernel
