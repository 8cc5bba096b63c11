"""Reads into a local variable and decides afterwards."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if y < size and x < size:
        value = a[y, x]
        if x < y:
            value = 0.0
        out[y, x] = value
