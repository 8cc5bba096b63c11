"""The derivative is written out: a 1, times what arrives."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        derivative = float32(1)
        grad_a[y, x] = derivative * d[y]
