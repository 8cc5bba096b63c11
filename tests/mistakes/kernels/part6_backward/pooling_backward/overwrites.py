"""Scatters by writing: the last to come stays."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        for j in range(max(i - 2, 0), i + 1):
            grad_a[j] = d[i]
