"""Copies everything and writes zeros over it: two writes below the diagonal."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if y < size and x < size:
        out[y, x] = a[y, x]
        if x < y:
            out[y, x] = 0
