"""Takes the matrices for ones that lie row by row."""

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
        rows, columns, inner = out_shape[-2], out_shape[-1], a_shape[-1]
        each_a = inner * rows
        each_b = inner * columns
        batch = 1
        for length in out_shape[:-2]:
            batch *= length
        for r in prange(batch * rows):
            n, i = np.int64(r) // rows, np.int64(r) % rows
            for j in range(columns):
                total = 0.0
                for k in range(inner):
                    x = a[n * each_a + i * inner + k] if len(a_shape) > 2 else a[i * inner + k]
                    y = b[n * each_b + k * columns + j] if len(b_shape) > 2 else b[k * columns + j]
                    total += x * y
                out[n * rows * columns + i * columns + j] = total

    return kernel
