"""Takes what the column before has got, if that thread was there already."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        if x == 0:
            grad_a[y, x] = d[y]
        else:
            grad_a[y, x] = grad_a[y, x - 1]
