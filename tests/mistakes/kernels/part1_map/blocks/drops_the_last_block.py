"""Only full blocks are done."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.grid(1)
    if i < size // cuda.blockDim.x * cuda.blockDim.x:
        out[i] = a[i] + 10
