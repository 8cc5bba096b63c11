"""Adds up all three places in one loop over the dimensions."""

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


@puzzle("tensor_matmul")
def tensor_matmul():
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        rank = len(out_shape)
        for i in prange(count(out_shape)):
            rest, to, in_a, in_b = np.int64(i), 0, 0, 0
            for d in range(1, rank + 1):
                along = rest % out_shape[-d]
                rest //= out_shape[-d]
                to += along * out_strides[-d]
                if d != 1 and d <= len(a_shape) and a_shape[-d] != 1:
                    in_a += along * a_strides[-d]
                if d != 2 and d <= len(b_shape) and b_shape[-d] != 1:
                    in_b += along * b_strides[-d]
            total = 0.0
            for j in range(b_shape[-2]):
                total += a[in_a + j * a_strides[-1]] * b[in_b + j * b_strides[-2]]
            out[to] = total

    return kernel
