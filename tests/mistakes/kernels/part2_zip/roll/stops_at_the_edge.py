"""What would go over the edge is written to the last cell, by several threads at once."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "race"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        j = i + shift
        if j < 0:
            j = 0
        if j > size - 1:
            j = size - 1
        out[j] = a[i]
