"""Copies a first and adds b afterwards: right, but three reads and two writes."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        out[y, x] = a[y, 0]
        out[y, x] += b[0, x]
