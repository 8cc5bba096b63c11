"""range leaves out its end already; size - 1 leaves out one more."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    for i in range(cuda.grid(1), size - 1, cuda.gridsize(1)):
        out[i] = a[i] + 10
