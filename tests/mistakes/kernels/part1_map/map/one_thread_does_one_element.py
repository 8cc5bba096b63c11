"""Only thread 0 works, and it does only its own element."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    if i == 0:
        out[i] = a[i] + 10
