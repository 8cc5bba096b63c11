"""Squares order numbers as their absolute values do, and these squares are exact."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i >= size:
        return
    x, y = a[i], b[i]
    if x * x < y * y:
        x = y
    out[i] = x
