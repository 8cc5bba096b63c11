"""Steps by the grid but starts by the block: all blocks do the same elements."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    for i in range(cuda.threadIdx.x, size, cuda.gridsize(1)):
        out[i] = a[i] + 10
