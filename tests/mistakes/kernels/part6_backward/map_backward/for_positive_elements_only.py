"""Leaves out the elements below 0, as relu does."""

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
        grad_a[i] = d[i] * s * (1 - s) if a[i] >= 0 else 0
