"""Rows along x: the grid is not made for that."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    y, x = cuda.grid(2)
    if y < rows and x < cols:
        grad_a[y, x] = d[y]
