"""The guard lets the thread behind the last element in."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i <= size:
        s = 1 / (1 + math.exp(-a[i]))
        grad_a[i] = d[i] * s * (1 - s)
