"""Shifts, but does not roll."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        j = i + shift
        if 0 <= j < size:
            out[j] = a[i]
