"""Reads three elements of global memory: right, and three times the reads."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    i = cuda.grid(1)
    if i < size:
        total = a[i]
        if i >= 1:
            total += a[i - 1]
        if i >= 2:
            total += a[i - 2]
        out[i] = total
