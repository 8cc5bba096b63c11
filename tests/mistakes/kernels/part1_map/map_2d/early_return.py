"""Global indices, and two ways out."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    col, row = cuda.grid(2)
    if col >= cols:
        return
    if row >= rows:
        return
    out[row, col] = a[row, col] + 10
