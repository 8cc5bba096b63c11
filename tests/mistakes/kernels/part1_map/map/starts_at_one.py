"""Counts elements from 1, as people do."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x + 1
    out[i] = a[i] + 10
