"""A loop in the first thread: right, and no use of a GPU."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    if cuda.grid(1) == 0:
        for i in range(size):
            out[(i + shift) % size] = a[i]
