"""Moves the winner into a before it copies: the input is changed."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        x = a[i]
        y = b[i]
        if abs(y) > abs(x):
            a[i] = y
        out[i] = a[i]
