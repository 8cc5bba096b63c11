"""Strictly greater, so that a tie goes to b: shows only where the two differ in sign."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        x = a[i]
        y = b[i]
        out[i] = x if abs(x) > abs(y) else y
