"""Adds what its neighbour has written, as if that had ended before."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        total = d[i]
        if cuda.threadIdx.x < TPB - 1 and i + 1 < size:
            total += grad_a[i + 1]
        grad_a[i] = total
