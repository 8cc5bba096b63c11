"""With the shift between 0 and size, one correction is enough."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        step = shift % size
        j = i + step
        out[j if j < size else j - size] = a[i]
