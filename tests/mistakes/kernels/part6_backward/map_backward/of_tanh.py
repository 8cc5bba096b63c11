"""The derivative of another function of that shape."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        t = math.tanh(a[i])
        grad_a[i] = d[i] * (1 - t * t)
