"""Index -1 is the last element in Python and in numba, so numba gets it all right. CUDA C does not wrap."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    out[i - 1] = a[i - 1] + 10
