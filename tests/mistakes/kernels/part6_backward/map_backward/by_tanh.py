"""The sigmoid is a tanh of half of a, and so is its derivative."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        t = math.tanh(a[i] / 2)
        grad_a[i] = d[i] * (1 - t * t) / 4
