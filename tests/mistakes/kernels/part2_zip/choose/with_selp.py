"""Asks for the selecting instruction by name."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        x = a[i]
        y = b[i]
        out[i] = cuda.selp(abs(x) >= abs(y), x, y)
