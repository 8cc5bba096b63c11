"""Keeps a product where d was."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        g = d[i]
        d[i] = g * b[i]
        grad_a[i] = d[i]
        grad_b[i] = g * a[i]
