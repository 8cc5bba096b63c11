"""Each block takes a stretch, and its threads step through it side by side."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    stretch = (size + cuda.gridDim.x - 1) // cuda.gridDim.x
    start = cuda.blockIdx.x * stretch
    end = start + stretch
    if end > size:
        end = size
    for i in range(start + cuda.threadIdx.x, end, cuda.blockDim.x):
        out[i] = a[i] + 10
