"""Which of two pairs is better is asked in a function of its own."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@cuda.jit(device=True)
def better(value, column, other_value, other_column):
    return value > other_value or (value == other_value and column < other_column)


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
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
            if better(values[other], columns[other], values[t], columns[t]):
                values[t] = values[other]
                columns[t] = columns[other]
        step //= 2
    if t == 0:
        out[row] = columns[0]
