"""A conditional expression reads only the side that it takes."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if y < size and x < size:
        out[y, x] = a[y, x] if y <= x else 0
