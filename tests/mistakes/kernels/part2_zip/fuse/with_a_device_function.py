"""The arithmetic has a function of its own, with an early return of its own."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@cuda.jit(device=True)
def multiply_add(x, y, z):
    if x == 0:
        return z
    return x * y + z


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = multiply_add(a[i], b[i], c[i])
