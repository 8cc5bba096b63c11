"""grid(2) gives x first, and x is the column."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    row, col = cuda.grid(2)
    if row < rows and col < cols:
        out[row, col] = a[row, col] + 10
