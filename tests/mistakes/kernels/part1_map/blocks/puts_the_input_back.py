"""Adds to the input in place, copies, and takes away again what it added."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.grid(1)
    if i < size:
        a[i] += 10
        out[i] = a[i]
        a[i] -= 10
