"""All cells of a row get what arrives, as for a sum."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    for j in range(t, cols, TPB):
        grad_a[row, j] = d[row]
