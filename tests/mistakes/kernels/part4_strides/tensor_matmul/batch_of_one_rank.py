"""Takes the batches for one dimension, which both have or lack."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("tensor_matmul")
def tensor_matmul():
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        batch = out_shape[0] if len(out_shape) > 2 else 1
        to_next = out_strides[0] if len(out_shape) > 2 else 0
        a_next = a_strides[0] if len(a_shape) > 2 and a_shape[0] > 1 else 0
        b_next = b_strides[0] if len(b_shape) > 2 and b_shape[0] > 1 else 0
        rows, columns = out_shape[-2], out_shape[-1]
        for r in prange(batch * rows):
            n, i = np.int64(r) // rows, np.int64(r) % rows
            for j in range(columns):
                total = 0.0
                for k in range(a_shape[-1]):
                    x = a[n * a_next + i * a_strides[-2] + k * a_strides[-1]]
                    total += x * b[n * b_next + k * b_strides[-2] + j * b_strides[-1]]
                out[n * to_next + i * out_strides[-2] + j * out_strides[-1]] = total

    return kernel
