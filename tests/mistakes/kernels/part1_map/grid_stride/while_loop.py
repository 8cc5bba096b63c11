"""The same loop, written out."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    while i < size:
        out[i] = a[i] + 10
        i += cuda.blockDim.x * cuda.gridDim.x
