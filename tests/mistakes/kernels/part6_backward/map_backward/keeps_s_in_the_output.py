"""Keeps the sigmoid in the output and reads it back: two writes."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = 1 / (1 + math.exp(-a[i]))
        grad_a[i] = d[i] * grad_a[i] * (1 - grad_a[i])
