"""Numbers the threads in one row and deals the elements out afresh."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    k = y * cuda.blockDim.x + x
    if k < rows * cols:
        row = k // cols
        col = k % cols
        out[row, col] = a[row, col] + 10
