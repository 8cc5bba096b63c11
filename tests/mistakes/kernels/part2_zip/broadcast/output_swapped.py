"""x taken for the row: right for a square table."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    if x < rows and y < cols:
        out[x, y] = a[x, 0] + b[0, y]
