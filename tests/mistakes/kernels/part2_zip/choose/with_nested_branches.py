"""Absolute values made by hand, one branch for each."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        x = a[i]
        y = b[i]
        size_x = -x if x < 0 else x
        if y < 0:
            size_y = -y
        else:
            size_y = y
        if size_y > size_x:
            out[i] = y
        else:
            out[i] = x
