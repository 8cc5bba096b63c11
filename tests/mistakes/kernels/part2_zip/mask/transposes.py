"""The comparison by row and column, the read by column and row."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if y < size and x < size:
        if x < y:
            out[y, x] = 0
        else:
            out[y, x] = a[x, y]
