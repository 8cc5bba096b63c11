"""Threads add to a cell of shared memory that nobody has set to 0."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    total = cuda.shared.array(1, float32)
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        cuda.atomic.add(total, 0, a[i])
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        cuda.atomic.add(out, 0, total[0])
