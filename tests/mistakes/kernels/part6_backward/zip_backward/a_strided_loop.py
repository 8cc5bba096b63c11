"""A loop that would do with fewer threads too."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        g = d[i]
        grad_a[i] = b[i] * g
        grad_b[i] = a[i] * g
