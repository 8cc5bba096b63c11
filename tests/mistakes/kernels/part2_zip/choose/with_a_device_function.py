"""The choice has a function of its own."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@cuda.jit(device=True)
def larger(x, y):
    if math.fabs(x) < math.fabs(y):
        return y
    return x


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = larger(a[i], b[i])
