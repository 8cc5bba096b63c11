"""x taken for the row throughout: right for a square array in a square block."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    if x < rows and y < cols:
        out[x, y] = a[x, y] + 10
