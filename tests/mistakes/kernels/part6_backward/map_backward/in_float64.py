"""Everything in float64."""

import math

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        e = math.exp(-float64(a[i]))
        grad_a[i] = float64(d[i]) * e / (1.0 + e) ** 2
