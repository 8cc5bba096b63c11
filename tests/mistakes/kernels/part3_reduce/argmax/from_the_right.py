"""Walks from the right and takes equal values too, so the first is the last that is taken."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    columns = cuda.shared.array(TPB, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    turns = (cols + TPB - 1) // TPB
    best, column = -math.inf, cols
    for turn in range(turns):
        j = (turns - 1 - turn) * TPB + t
        if j < cols:
            value = a[row, j]
            if value >= best:
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
    if t == 0:
        out[row] = columns[0]
