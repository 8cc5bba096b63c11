"""Keeps the product in a, which belongs to the caller."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.grid(1)
    if i < size:
        a[i] *= b[i]
        out[i] = a[i] + c[i]
