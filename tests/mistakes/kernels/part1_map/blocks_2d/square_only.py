"""Compares both with cols."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    x = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    y = cuda.blockIdx.y * cuda.blockDim.y + cuda.threadIdx.y
    if x < cols and y < cols:
        out[y, x] = a[y, x] + 10
