"""Copies first and reads the neighbour's copy: no thread waits for another here."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i]
        out[i] = out[(i - shift) % size]
