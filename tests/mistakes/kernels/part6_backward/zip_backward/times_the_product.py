"""Multiplies by the result, not by the other operand."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        g = d[i] * a[i] * b[i]
        grad_a[i] = g
        grad_b[i] = g
