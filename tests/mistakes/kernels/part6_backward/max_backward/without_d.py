"""A 1 at the largest: what arrives is forgotten."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    columns = cuda.shared.array(TPB, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    best, column = -math.inf, t
    for j in range(t, cols, TPB):
        value = a[row, j]
        if value > best:
            best, column = value, j
    values[t] = best
    columns[t] = column
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            other = t + step
            is_tie = values[other] == values[t] and columns[other] < columns[t]
            if values[other] > values[t] or is_tie:
                values[t] = values[other]
                columns[t] = columns[other]
        step //= 2
    cuda.syncthreads()
    for j in range(t, cols, TPB):
        grad_a[row, j] = 1 if j == columns[0] else 0
