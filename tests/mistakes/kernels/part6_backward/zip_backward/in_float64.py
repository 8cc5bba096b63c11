"""The products in float64, rounded when they are stored."""

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        g = float64(d[i])
        grad_a[i] = g * b[i]
        grad_b[i] = g * a[i]
