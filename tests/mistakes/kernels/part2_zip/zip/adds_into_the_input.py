"""The sum goes through a: the result is right, and the caller's a is not what it was."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        a[i] += b[i]
        out[i] = a[i]
