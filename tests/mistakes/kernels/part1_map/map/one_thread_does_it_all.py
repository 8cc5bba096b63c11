"""A serial loop in thread 0: right, and no use of a GPU."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("map")
@cuda.jit
def map(out, a):
    if cuda.threadIdx.x == 0:
        for i in range(len(a)):
            out[i] = a[i] + 10
