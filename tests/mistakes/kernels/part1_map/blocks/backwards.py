"""Thread 0 takes the last element."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = size - 1 - cuda.grid(1)
    if i >= 0:
        out[i] = a[i] + 10
