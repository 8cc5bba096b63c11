"""Adds to what the block before has written to out, as if it had ended before."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TPB = 32


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    i = cuda.grid(1)
    if i < size:
        if i == 0:
            out[i] = a[i]
        elif i < 3:
            out[i] = out[i - 1] + a[i]
        else:
            out[i] = out[i - 1] - a[i - 3] + a[i]
