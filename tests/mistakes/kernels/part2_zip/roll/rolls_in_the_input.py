"""Swaps within a and copies afterwards: other threads' elements are gone by then."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "race"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        j = (i + shift) % size
        value = a[i]
        a[j] = value
        out[j] = a[j]
