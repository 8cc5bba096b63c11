"""Columns beyond the first TPB are not looked at, nor written."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    columns = cuda.shared.array(TPB, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    values[t] = a[row, t] if t < cols else -math.inf
    columns[t] = t
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
    if t < cols:
        grad_a[row, t] = d[row] if t == columns[0] else 0
