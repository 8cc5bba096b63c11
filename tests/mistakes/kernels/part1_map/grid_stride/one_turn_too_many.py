"""Ends at size + 1: one thread goes one step too far."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    for i in range(cuda.grid(1), size + 1, cuda.gridsize(1)):
        out[i] = a[i] + 10
