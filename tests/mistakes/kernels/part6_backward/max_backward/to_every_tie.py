"""Compares each element with the largest: equal ones get the whole gradient each."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    best = -math.inf
    for j in range(t, cols, TPB):
        best = max(best, a[row, j])
    values[t] = best
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            values[t] = max(values[t], values[t + step])
        step //= 2
    cuda.syncthreads()
    for j in range(t, cols, TPB):
        grad_a[row, j] = d[row] if a[row, j] == values[0] else 0
