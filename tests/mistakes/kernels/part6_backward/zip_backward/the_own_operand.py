"""Each operand's gradient has that operand in it."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        g = d[i]
        grad_a[i] = g * a[i]
        grad_b[i] = g * b[i]
