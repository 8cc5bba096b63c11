"""Forgets the other blocks in the step: right, but elements are done again and again."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    i = cuda.grid(1)
    while i < size:
        out[i] = a[i] + 10
        i += cuda.blockDim.x
