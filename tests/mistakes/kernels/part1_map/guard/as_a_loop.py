"""A loop over the block's threads makes one turn here, or none."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    for i in range(cuda.threadIdx.x, size, cuda.blockDim.x):
        out[i] = a[i] + 10
