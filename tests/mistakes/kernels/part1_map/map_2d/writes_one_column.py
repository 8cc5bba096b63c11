"""All threads of a row write to its first cell, each another value."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "race"}


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    if x < cols and y < rows:
        out[y, 0] = a[y, x] + 10
