"""Brings the index back over the edge, but no more than eight times."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        to = i + shift
        for _ in range(8):
            if to >= size:
                to -= size
            elif to < 0:
                to += size
        out[to] = a[i]
