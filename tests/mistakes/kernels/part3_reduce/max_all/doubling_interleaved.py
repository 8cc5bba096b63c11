"""Neighbours are compared first, with a test of the remainder."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

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
    step = 1
    while step < cuda.blockDim.x:
        cuda.syncthreads()
        if t % (2 * step) == 0 and shared[t + step] > shared[t]:
            shared[t] = shared[t + step]
        step *= 2
    if t == 0:
        cuda.atomic.max(out, 0, shared[0])
