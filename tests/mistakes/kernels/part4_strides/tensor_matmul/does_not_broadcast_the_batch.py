"""Is right as long as both inputs have the batch of out."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


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


@puzzle("tensor_matmul")
def tensor_matmul():
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        rows, columns = a_strides.copy(), b_strides.copy()
        rows[-1] = 0
        columns[-2] = 0
        for i in prange(count(out_shape)):
            k = np.int64(i)
            row = offset(k, out_shape[len(out_shape) - len(rows) :], rows)
            column = offset(k, out_shape[len(out_shape) - len(columns) :], columns)
            total = 0.0
            for j in range(a_shape[-1]):
                total += a[row + j * a_strides[-1]] * b[column + j * b_strides[-2]]
            out[offset(k, out_shape, out_strides)] = total

    return kernel
