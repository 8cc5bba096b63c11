"""Keeps the sigmoid where a was: others may still need that."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        a[i] = 1 / (1 + math.exp(-a[i]))
        grad_a[i] = d[i] * a[i] * (1 - a[i])
