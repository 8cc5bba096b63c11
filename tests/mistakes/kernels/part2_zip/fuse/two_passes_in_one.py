"""Keeps the product in out: right, but four reads and two writes."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i] * b[i]
        out[i] = out[i] + c[i]
