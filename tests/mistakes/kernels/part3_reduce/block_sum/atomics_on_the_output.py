"""Every thread adds to the block's result atomically, once it is 0."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    i = cuda.grid(1)
    if cuda.threadIdx.x == 0:
        out[cuda.blockIdx.x] = 0
    cuda.syncthreads()
    if i < size:
        cuda.atomic.add(out, cuda.blockIdx.x, a[i])
