"""The short name."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i] + 10
