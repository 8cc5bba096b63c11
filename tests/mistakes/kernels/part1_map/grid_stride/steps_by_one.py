"""Each thread does everything from its start to the end."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    for i in range(cuda.grid(1), size):
        out[i] = a[i] + 10
