"""Thread 0 does the row, all others rest."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    row = cuda.blockIdx.x
    if cuda.threadIdx.x == 0:
        first = 0
        for j in range(1, cols):
            if a[row, j] > a[row, first]:
                first = j
        for j in range(cols):
            grad_a[row, j] = d[row] if j == first else 0
