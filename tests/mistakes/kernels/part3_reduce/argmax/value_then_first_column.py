"""The largest value by a tree, and then the smallest column among the threads that hold it."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    first = cuda.shared.array(1, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    best, column = -math.inf, cols
    j = t
    while j < cols:
        value = a[row, j]
        if value > best:
            best = value
            column = j
        j += cuda.blockDim.x
    values[t] = best
    if t == 0:
        first[0] = cols
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t < step and values[t + step] > values[t]:
            values[t] = values[t + step]
        cuda.syncthreads()
        step //= 2
    if best == values[0]:
        cuda.atomic.min(first, 0, column)
    cuda.syncthreads()
    if t == 0:
        out[row] = first[0]
