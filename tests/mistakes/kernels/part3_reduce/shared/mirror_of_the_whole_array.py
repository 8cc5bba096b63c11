"""Mirrors the array, not the stretch of a block."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i] + a[size - 1 - i]
