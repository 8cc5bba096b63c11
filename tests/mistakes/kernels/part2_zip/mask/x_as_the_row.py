"""x taken for the row throughout, which a square allows: slow, but not what this puzzle is about."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    row, col = cuda.grid(2)
    if row < size and col < size:
        if col < row:
            out[row, col] = 0
        else:
            out[row, col] = a[row, col]
