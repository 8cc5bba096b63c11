"""The ten has a name at the top of the file."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


TEN = 10


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    out[i] = a[i] + TEN
