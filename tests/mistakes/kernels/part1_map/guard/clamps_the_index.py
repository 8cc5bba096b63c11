"""Sends threads without an element to the last one; without any element that is index -1."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = min(cuda.threadIdx.x, size - 1)
    out[i] = a[i] + 10
