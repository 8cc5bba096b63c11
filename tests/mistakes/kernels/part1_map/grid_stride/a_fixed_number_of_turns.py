"""Four turns were enough when it was tried."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    i = cuda.grid(1)
    for turn in range(4):
        if i < size:
            out[i] = a[i] + 10
        i += cuda.gridsize(1)
