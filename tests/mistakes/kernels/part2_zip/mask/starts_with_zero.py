"""Decides in a register and writes once."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if y < size and x < size:
        value = 0.0
        if x >= y:
            value = a[y, x]
        out[y, x] = value
