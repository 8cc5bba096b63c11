"""Asks the array instead of the parameter."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.grid(1)
    if i < a.shape[0]:
        out[i] = a[i] + 10
