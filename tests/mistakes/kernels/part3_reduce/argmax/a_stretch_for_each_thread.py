"""Neighbouring threads read far apart: right, and not coalesced; but then no tie needs the columns."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    columns = cuda.shared.array(TPB, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    each = (cols + TPB - 1) // TPB
    best, column = -math.inf, cols
    for j in range(t * each, min((t + 1) * each, cols)):
        value = a[row, j]
        if value > best:
            best, column = value, j
    values[t] = best
    columns[t] = column
    step = 1
    while step < TPB:
        cuda.syncthreads()
        if t % (2 * step) == 0:
            if values[t + step] > values[t]:
                values[t] = values[t + step]
                columns[t] = columns[t + step]
        step *= 2
    if t == 0:
        out[row] = columns[0]
