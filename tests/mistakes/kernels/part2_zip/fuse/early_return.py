"""A local variable for the product."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.grid(1)
    if i >= size:
        return
    product = a[i] * b[i]
    out[i] = product + c[i]
