"""The remainder, spelt out with a floor division."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        j = i + shift
        j = j - j // size * size
        out[j] = a[i]
