"""Numbers the threads in one line and deals elements out column by column: right, and not coalesced."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    x = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    y = cuda.blockIdx.y * cuda.blockDim.y + cuda.threadIdx.y
    k = y * cuda.blockDim.x * cuda.gridDim.x + x
    if k < rows * cols:
        row = k % rows
        col = k // rows
        out[row, col] = a[row, col] + 10
