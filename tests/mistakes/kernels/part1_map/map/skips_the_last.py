"""A guard against a danger that is not there leaves the last element out."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    if i < len(a) - 1:
        out[i] = a[i] + 10
