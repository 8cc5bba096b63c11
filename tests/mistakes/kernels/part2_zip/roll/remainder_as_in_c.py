"""fmod has the sign of the dividend, as % has in C: a negative shift leads to a negative index."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        j = int(math.fmod(i + shift, size))
        out[j] = a[i]
