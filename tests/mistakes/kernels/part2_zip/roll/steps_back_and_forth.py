"""Subtraction and addition until it fits."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        j = i + shift
        while j >= size:
            j -= size
        while j < 0:
            j += size
        out[j] = a[i]
