"""Every element takes the gradient that arrives at place 0."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    arriving = d[0]
    if i < size:
        s = 1 / (1 + math.exp(-a[i]))
        grad_a[i] = arriving * s * (1 - s)
