"""A loop that would be right for any launch."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    while i < size:
        out[i] = c[i] + b[i] * a[i]
        i += cuda.gridsize(1)
