"""The element is read once for each of two sigmoids."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = d[i] / (1 + math.exp(-a[i])) / (1 + math.exp(a[i]))
