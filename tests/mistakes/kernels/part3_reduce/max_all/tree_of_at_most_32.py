"""The tree begins at 16 at most, so half of a block of 64 is left out."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    best = -math.inf
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        best = max(best, a[i])
    shared[t] = best
    step = min(16, TPB // 2)
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] = max(shared[t], shared[t + step])
        step //= 2
    if t == 0:
        cuda.atomic.max(out, 0, shared[0])
