"""Threads without an element leave at once."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i >= size:
        return
    g = d[i]
    grad_b[i] = g * a[i]
    grad_a[i] = g * b[i]
