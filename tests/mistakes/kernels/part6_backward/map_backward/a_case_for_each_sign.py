"""One formula for positive elements, and another for the rest."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        x = a[i]
        if x >= 0:
            s = 1 / (1 + math.exp(-x))
            slope = s * (1 - s)
        else:
            e = math.exp(x)
            slope = e / ((1 + e) * (1 + e))
        grad_a[i] = slope * d[i]
