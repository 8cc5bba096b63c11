"""A negative shift leads to a negative index, which numba wraps and CUDA C does not."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        j = i + shift
        while j >= size:
            j -= size
        out[j] = a[i]
