"""Threads meet in shared memory by an atomic, and blocks in out."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    block_total = cuda.shared.array(1, float32)
    if cuda.threadIdx.x == 0:
        block_total[0] = 0
    cuda.syncthreads()
    total = float32(0)
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    cuda.atomic.add(block_total, 0, total)
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        cuda.atomic.add(out, 0, block_total[0])
