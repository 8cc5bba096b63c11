"""One correction is enough as long as the shift is smaller than the array."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        j = i + shift
        if j >= size:
            j -= size
        if j < 0:
            j += size
        out[j] = a[i]
