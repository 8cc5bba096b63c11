"""Every element takes the gradient that arrives at place 0."""

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
        grad_a[i] = d[0] * s * (1 - s)
