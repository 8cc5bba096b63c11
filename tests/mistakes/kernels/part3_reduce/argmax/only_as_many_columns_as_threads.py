"""One element for each thread: right only for rows that are no longer than the block."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
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
    if t == 0:
        out[row] = columns[0]
