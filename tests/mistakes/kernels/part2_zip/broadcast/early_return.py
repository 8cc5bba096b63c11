"""Explicit index arithmetic in both directions."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    row = cuda.blockDim.y * cuda.blockIdx.y + cuda.threadIdx.y
    col = cuda.blockDim.x * cuda.blockIdx.x + cuda.threadIdx.x
    if row >= rows or col >= cols:
        return
    out[row, col] = a[row, 0] + b[0, col]
