"""The arithmetic has a function of its own."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@cuda.jit(device=True)
def add_ten(x):
    return x + 10


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    out[i] = add_ten(a[i])
