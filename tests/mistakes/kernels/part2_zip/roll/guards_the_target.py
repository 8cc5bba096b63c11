"""The target is always in the array, so this guard stops nobody."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if size > 0:
        j = (i + shift) % size
        if j < size:
            out[j] = a[i]
