"""Compares both with rows."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    if x < rows and y < rows:
        out[y, x] = a[y, 0] + b[0, x]
