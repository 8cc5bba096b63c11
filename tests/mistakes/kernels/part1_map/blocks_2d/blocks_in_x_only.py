"""The blocks below the first row of blocks repeat its work."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    x = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    y = cuda.threadIdx.y
    if x < cols and y < rows:
        out[y, x] = a[y, x] + 10
