"""The second array is walked backwards: right if it reads the same both ways."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i] + b[size - 1 - i]
