"""Threads without an element write all the same."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    total = 0.0
    for j in range(i, min(i + 3, size)):
        total += d[j]
    grad_a[i] = total
