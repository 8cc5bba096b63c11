"""The tree compares with the neighbour to the right, and the last thread has none."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}

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
    while step < TPB:
        cuda.syncthreads()
        other = shared[t + step]
        cuda.syncthreads()
        shared[t] = max(shared[t], other)
        step *= 2
    if t == 0:
        cuda.atomic.max(out, 0, shared[0])
