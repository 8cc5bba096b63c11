"""Looks back to where its element comes from."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i >= size:
        return
    out[i] = a[(i - shift) % size]
