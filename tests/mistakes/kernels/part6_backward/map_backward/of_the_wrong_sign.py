"""Forgets that exp(-a) has a derivative with a minus of its own."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        e = math.exp(-a[i])
        grad_a[i] = -d[i] * e / ((1 + e) * (1 + e))
