"""Takes it for granted that out begins as zeros."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    out[i] += a[i] + 10
