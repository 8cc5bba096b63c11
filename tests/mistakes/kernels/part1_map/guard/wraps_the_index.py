"""Sends threads without an element back to the first ones; without any element it divides by 0."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "integer-division-by-zero"}


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.threadIdx.x % size
    out[i] = a[i] + 10
