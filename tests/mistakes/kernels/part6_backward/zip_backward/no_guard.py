"""Threads without an element read and write all the same."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    g = d[i]
    grad_a[i] = g * b[i]
    grad_b[i] = g * a[i]
