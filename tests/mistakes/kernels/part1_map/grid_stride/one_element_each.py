"""The kernel of puzzle 3: enough threads are taken for granted."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i] + 10
