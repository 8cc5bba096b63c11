"""Adds, as gradients are added elsewhere: here nothing is there to add to."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        g = d[i]
        cuda.atomic.add(grad_a, i, g * b[i])
        cuda.atomic.add(grad_b, i, g * a[i])
