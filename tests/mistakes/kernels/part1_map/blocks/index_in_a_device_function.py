"""The index has a function of its own."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@cuda.jit(device=True)
def my_index():
    return cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = my_index()
    if i < size:
        out[i] = a[i] + 10
