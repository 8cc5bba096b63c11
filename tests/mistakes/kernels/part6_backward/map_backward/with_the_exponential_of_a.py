"""The exponential of a itself, up to 80: its square is too large for float32, and 0 comes out."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        e = math.exp(a[i])
        grad_a[i] = e / ((1 + e) * (1 + e)) * d[i]
