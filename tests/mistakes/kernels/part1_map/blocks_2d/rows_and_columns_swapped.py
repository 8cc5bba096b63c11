"""x taken for the row throughout: right for a square array."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    x = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    y = cuda.blockIdx.y * cuda.blockDim.y + cuda.threadIdx.y
    if x < rows and y < cols:
        out[x, y] = a[x, y] + 10
