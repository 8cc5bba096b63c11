"""Finds the largest value, then the first column that has it: every element is read twice."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    first = cuda.shared.array(1, int32)
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
    if t == 0:
        first[0] = cols
    cuda.syncthreads()
    for j in range(t, cols, TPB):
        if a[row, j] == values[0]:
            cuda.atomic.min(first, 0, j)
            break
    cuda.syncthreads()
    for j in range(t, cols, TPB):
        grad_a[row, j] = d[row] if j == first[0] else 0
