"""Takes the batch from one number, and goes over rows and columns in two loops."""

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
        last = len(out_shape) - 1
        batch = out_shape[: last - 1]
        in_a = broadcast_strides(a_shape[:-2], a_strides[:-2], batch)
        in_b = broadcast_strides(b_shape[:-2], b_strides[:-2], batch)
        rows, columns = out_shape[last - 1], out_shape[last]
        for r in prange(count(batch) * rows):
            n, row = np.int64(r) // rows, np.int64(r) % rows
            for column in range(columns):
                total = 0.0
                first = offset(n, batch, in_a) + row * a_strides[-2]
                second = offset(n, batch, in_b) + column * b_strides[-1]
                for j in range(a_shape[-1]):
                    total += a[first + j * a_strides[-1]] * b[second + j * b_strides[-2]]
                to = offset(n, batch, out_strides[: last - 1]) + row * out_strides[last - 1]
                out[to + column * out_strides[last]] = total

    return kernel
