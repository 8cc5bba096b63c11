"""Loops in both directions, which would do with fewer threads too."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    wide, high = cuda.gridsize(2)
    for r in range(y, rows, high):
        arriving = d[r]
        for c in range(x, cols, wide):
            grad_a[r, c] = arriving
