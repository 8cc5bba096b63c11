"""The zeros are written without a guard."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if x < y:
        out[y, x] = 0
    elif x < size:
        out[y, x] = a[y, x]
