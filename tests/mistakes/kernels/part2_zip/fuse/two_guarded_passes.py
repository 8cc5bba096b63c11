"""Two passes with a barrier in between, which a map has no use for."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i] * b[i]
    cuda.syncthreads()
    if i < size:
        out[i] += c[i]
