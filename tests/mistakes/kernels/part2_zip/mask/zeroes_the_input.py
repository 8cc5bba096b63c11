"""Writes the zeros into a and copies everything."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if y < size and x < size:
        if x < y:
            a[y, x] = 0
        out[y, x] = a[y, x]
