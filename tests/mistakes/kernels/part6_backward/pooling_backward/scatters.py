"""Adds to cells of other threads, which do so too."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = d[i]
        if i >= 1:
            grad_a[i - 1] += d[i]
        if i >= 2:
            grad_a[i - 2] += d[i]
