"""Asks for the fused instruction by name."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = cuda.fma(a[i], b[i], c[i])
