"""Compares a flat index with the number of elements: threads beside a short row get in."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    if y * cols + x < rows * cols:
        out[y, x] = a[y, x] + 10
