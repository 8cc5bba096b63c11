"""Adds what arrives to all before it, by atomics on a gradient that holds nothing."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        for k in range(i - t, i + 1):
            cuda.atomic.add(grad_a, k, d[i])
