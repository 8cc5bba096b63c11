"""A thread that has no cell leaves, for one of two reasons."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    if x >= cols:
        return
    if y >= rows:
        return
    grad_a[y][x] = d[y]
