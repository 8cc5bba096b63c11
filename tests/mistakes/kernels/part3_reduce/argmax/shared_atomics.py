"""The largest value by an atomic in shared memory, then the smallest column by another."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    value_of_row = cuda.shared.array(1, float32)
    column_of_row = cuda.shared.array(1, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    if t == 0:
        value_of_row[0] = -math.inf
        column_of_row[0] = cols
    cuda.syncthreads()
    best, column = -math.inf, cols
    for j in range(t, cols, cuda.blockDim.x):
        value = a[row, j]
        if value > best:
            best, column = value, j
    cuda.atomic.max(value_of_row, 0, best)
    cuda.syncthreads()
    if best == value_of_row[0]:
        cuda.atomic.min(column_of_row, 0, column)
    cuda.syncthreads()
    if t == 0:
        out[row] = column_of_row[0]
