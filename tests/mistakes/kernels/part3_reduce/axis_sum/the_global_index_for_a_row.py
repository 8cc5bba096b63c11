"""Takes the thread's place in the launch for its row."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    row = cuda.grid(1)
    if row < rows and cuda.threadIdx.x == 0:
        total = 0.0
        for col in range(cols):
            total += a[row, col]
        out[row] = total
    elif cuda.blockIdx.x < rows and cuda.threadIdx.x == 0:
        out[cuda.blockIdx.x] = 0
