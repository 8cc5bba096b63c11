"""Deals elements out to the blocks in turn: a strange order, in which each still has one owner."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.threadIdx.x * cuda.gridDim.x + cuda.blockIdx.x
    if i < size:
        out[i] = a[i] + 10
