"""Adds, as gradients are added elsewhere: here nothing is there to add to."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        s = 1 / (1 + math.exp(-a[i]))
        grad_a[i] += d[i] * s * (1 - s)
