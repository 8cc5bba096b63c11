"""The threads of an empty array divide by 0 before they are stopped."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "integer-division-by-zero"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    j = (i + shift) % size
    if i < size:
        out[j] = a[i]
