"""Both lines in one, with early return."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    col, row = cuda.grid(2)
    if row >= rows or col >= cols:
        return
    out[row, col] = a[row, col] + 10
