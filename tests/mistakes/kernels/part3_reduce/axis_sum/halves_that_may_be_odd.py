"""Folds as many places as have a sum, in for loops counted beforehand."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
LEVELS = int(math.log2(TPB))


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    row = cuda.blockIdx.x
    if t < cols:
        total = a[row, t]
        for turn in range(1, (cols - t + TPB - 1) // TPB):
            total += a[row, t + turn * TPB]
        sums[t] = total
    cuda.syncthreads()
    left = min(cols, TPB)
    for _ in range(LEVELS):
        half = (left + 1) // 2
        if t + half < left:
            sums[t] += sums[t + half]
        cuda.syncthreads()
        left = half
    if t == 0:
        out[row] = sums[0] if cols > 0 else 0
