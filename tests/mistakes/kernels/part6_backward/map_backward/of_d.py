"""The derivative at d, times a: inputs exchanged."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        e = math.exp(-abs(d[i]))
        grad_a[i] = a[i] * e / ((1 + e) * (1 + e))
