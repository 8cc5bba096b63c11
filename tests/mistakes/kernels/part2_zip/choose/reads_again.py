"""Reads to compare, and reads again to store: three reads."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        if abs(a[i]) >= abs(b[i]):
            out[i] = a[i]
        else:
            out[i] = b[i]
