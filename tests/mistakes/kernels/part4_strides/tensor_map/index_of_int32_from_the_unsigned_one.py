"""Lets the remainders be floats and stores them as integers, which numba allows."""

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


MAX_DIMS = 4


@njit
def to_index(ordinal, shape, out_index):
    current = ordinal + 0
    for i in range(len(shape) - 1, -1, -1):
        length = shape[i]
        out_index[i] = int(current % length)
        current = current // length


@njit
def broadcast_index(big_index, big_shape, shape, out_index):
    for i, length in enumerate(shape):
        if length > 1:
            out_index[i] = big_index[i + (len(big_shape) - len(shape))]
        else:
            out_index[i] = 0


@njit
def index_to_position(index, strides):
    position = 0
    for i, stride in zip(index, strides):
        position += i * stride
    return position


@puzzle("tensor_map")
def tensor_map(f):
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        for i in prange(count(out_shape)):
            out_index = np.empty(MAX_DIMS, np.int32)
            in_index = np.empty(MAX_DIMS, np.int32)
            to_index(i, out_shape, out_index)
            broadcast_index(out_index, out_shape, a_shape, in_index)
            o = index_to_position(out_index, out_strides)
            j = index_to_position(in_index, a_strides)
            out[o] = f(a[j])

    return njit(kernel, parallel=True)
