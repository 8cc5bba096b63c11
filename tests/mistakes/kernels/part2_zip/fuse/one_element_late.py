"""Skips element 0, and runs past the end to make up for it."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.grid(1) + 1
    if i <= size:
        out[i] = a[i] * b[i] + c[i]
