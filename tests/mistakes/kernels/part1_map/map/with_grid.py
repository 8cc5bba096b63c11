"""The short name for the global index, which with one block is the thread's number."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.grid(1)
    out[i] = a[i] + 10
