"""The tree in a function of its own, which returns the column."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@cuda.jit(device=True)
def first_largest(values, columns, t):
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            x, y = values[t], values[t + step]
            if y > x or (y == x and columns[t + step] < columns[t]):
                values[t], columns[t] = y, columns[t + step]
        step >>= 1
    cuda.syncthreads()
    return columns[0]


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
    first = first_largest(values, columns, t)
    arriving = d[row]
    for j in range(t, cols, TPB):
        if j == first:
            grad_a[row, j] = arriving
        else:
            grad_a[row, j] = 0
