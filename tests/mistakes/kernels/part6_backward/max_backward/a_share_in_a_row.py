"""Each thread has a stretch of neighbouring columns: right, and not coalesced."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    columns = cuda.shared.array(TPB, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    share = (cols + TPB - 1) // TPB
    best, column = -math.inf, t * share
    for j in range(t * share, min(t * share + share, cols)):
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
    for j in range(t * share, min(t * share + share, cols)):
        grad_a[row, j] = d[row] if j == columns[0] else 0
