"""Nothing is wider than float32: what is left of 1 - s is rough, and good enough."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        one = float32(1)
        s = one / (one + math.exp(-a[i]))
        grad_a[i] = d[i] * s * (one - s)
