"""A loop that would be right for any launch."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.grid(1)
    while i < size:
        out[i] = a[i] + 10
        i += cuda.gridsize(1)
