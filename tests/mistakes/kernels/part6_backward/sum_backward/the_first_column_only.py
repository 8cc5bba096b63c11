"""The whole gradient to one cell of the row, and 0 to all others."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        grad_a[y, x] = d[y] if x == 0 else 0
