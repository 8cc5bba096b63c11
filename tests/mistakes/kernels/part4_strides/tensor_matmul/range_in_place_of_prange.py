"""Leaves all the work to one core."""

import numpy as np
from numba import njit

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


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


@njit
def broadcast_strides(shape, strides, big_shape):
    big_strides = np.zeros(len(big_shape), np.int64)
    missing = len(big_shape) - len(shape)
    for d in range(len(shape)):
        if shape[d] != 1:
            big_strides[missing + d] = strides[d]
    return big_strides


@puzzle("tensor_matmul")
def tensor_matmul():
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        rows = broadcast_strides(a_shape, a_strides, out_shape)
        rows[-1] = 0
        columns = broadcast_strides(b_shape, b_strides, out_shape)
        columns[-2] = 0

        for k in range(count(out_shape)):
            row, column = offset(k, out_shape, rows), offset(k, out_shape, columns)
            total = 0.0
            for j in range(a_shape[-1]):
                total += a[row + j * a_strides[-1]] * b[column + j * b_strides[-2]]
            out[offset(k, out_shape, out_strides)] = total

    return kernel
