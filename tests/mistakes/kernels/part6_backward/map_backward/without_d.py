"""The derivative alone, as if 1 had arrived everywhere."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        s = 1 / (1 + math.exp(-a[i]))
        grad_a[i] = s * (1 - s)
