"""Adds in place and leaves it at that."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "changed-input"}


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    a[i] = a[i] + 10
