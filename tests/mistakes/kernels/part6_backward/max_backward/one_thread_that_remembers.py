"""Thread 0 does the row and reads each element once, but nobody reads beside it."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    row = cuda.blockIdx.x
    if cuda.threadIdx.x == 0:
        best, first = a[row, 0], 0
        for j in range(1, cols):
            value = a[row, j]
            if value > best:
                best, first = value, j
        for j in range(cols):
            grad_a[row, j] = 0
        grad_a[row, first] = d[row]
