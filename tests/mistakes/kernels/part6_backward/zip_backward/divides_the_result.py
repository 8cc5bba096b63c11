"""Divides the result by the operand: not a number where that is 0."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        g = d[i] * a[i] * b[i]
        grad_a[i] = g / a[i] if a[i] != 0 else 0
        grad_b[i] = g / b[i] if b[i] != 0 else 0
