"""Threads meet in a cell of shared memory that nobody has set to minus infinity."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    best = cuda.shared.array(1, float32)
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        cuda.atomic.max(best, 0, a[i])
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        cuda.atomic.max(out, 0, best[0])
