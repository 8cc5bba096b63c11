"""A while loop without its last line never ends."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "hang"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    i = cuda.grid(1)
    while i < size:
        out[i] = a[i] + 10
