"""An index modulo the length of its axis is broadcasting written as arithmetic."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        out[y, x] = a[y % a.shape[0], x % a.shape[1]] + b[y % b.shape[0], x % b.shape[1]]
