"""Value and column in one float64, which rounds the column away beside a large value."""

import math

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    keys = cuda.shared.array(TPB, float64)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    best = -math.inf
    for j in range(t, cols, TPB):
        best = max(best, a[row, j] * 1024.0 + (1023 - j % 1024))
    keys[t] = best
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            keys[t] = max(keys[t], keys[t + step])
        step //= 2
    if t == 0:
        out[row] = 1023 - int(keys[0] % 1024)
