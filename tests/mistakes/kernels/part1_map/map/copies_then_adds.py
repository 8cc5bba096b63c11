"""Right, but the way to memory and back is made twice."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    out[i] = a[i]
    out[i] += 10
