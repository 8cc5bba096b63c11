"""The other way to write a guard."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.threadIdx.x
    if i >= size:
        return
    out[i] = a[i] + 10
