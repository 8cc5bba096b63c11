"""Takes it for granted that out begins as zeros."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if y < size and x < size:
        if x >= y:
            out[y, x] = a[y, x]
