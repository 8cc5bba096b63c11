"""Adds in place first and copies afterwards: the result is right, and the caller's input is spoilt."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    a[i] += 10
    out[i] = a[i]
