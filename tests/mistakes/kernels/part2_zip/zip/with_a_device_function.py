"""The operation has a function of its own, so that another could take its place."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@cuda.jit(device=True)
def plus(x, y):
    return x + y


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = plus(a[i], b[i])
