"""Compares both with rows, as the first test was square."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    if x < rows and y < rows:
        out[y, x] = a[y, x] + 10
