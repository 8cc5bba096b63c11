"""Explicit index arithmetic and an early way out."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    block_start = cuda.blockIdx.x * cuda.blockDim.x
    i = block_start + cuda.threadIdx.x
    if i >= size:
        return
    out[i] = a[i] + 10
