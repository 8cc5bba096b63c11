"""Steps by the block, not by the grid: right, but each block repeats the others' work."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    for i in range(cuda.threadIdx.x, size, cuda.blockDim.x):
        out[i] = a[i] + 10
