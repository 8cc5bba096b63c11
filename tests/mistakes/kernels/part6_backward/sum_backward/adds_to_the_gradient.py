"""Adds, as gradients are added elsewhere: here nothing is there to add to."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        grad_a[y, x] += d[y]
