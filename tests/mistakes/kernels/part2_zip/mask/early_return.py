"""Three cases, each of which ends the thread."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    col, row = cuda.grid(2)
    if row >= size or col >= size:
        return
    if row > col:
        out[row, col] = 0.0
        return
    out[row, col] = a[row, col]
