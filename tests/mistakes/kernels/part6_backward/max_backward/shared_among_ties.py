"""Equal ones get equal parts of the gradient."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    best, count = -math.inf, 0
    for j in range(cols):
        value = a[row, j]
        if value > best:
            best, count = value, 1
        elif value == best:
            count += 1
    for j in range(t, cols, TPB):
        grad_a[row, j] = d[row] / count if a[row, j] == best else 0
