"""Thread 0 adds up the row by itself."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    if cuda.threadIdx.x == 0:
        row = cuda.blockIdx.x
        total = 0.0
        for col in range(cols):
            total += a[row, col]
        out[row] = total
