"""A guard that is always true does no harm."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map")
@cuda.jit
def map(out, a):
    tid = cuda.threadIdx.x
    if tid < a.shape[0]:
        element = a[tid]
        out[tid] = element + 10.0
