"""Scatters by atomics, on a gradient that holds nothing."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        for j in range(max(i - 2, 0), i + 1):
            cuda.atomic.add(grad_a, j, d[i])
