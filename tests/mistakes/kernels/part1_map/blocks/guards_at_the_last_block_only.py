"""Expects the grid to fit exactly, so a spare block runs free."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.grid(1)
    last = (size - 1) // cuda.blockDim.x
    if cuda.blockIdx.x != last or i < size:
        out[i] = a[i] + 10
