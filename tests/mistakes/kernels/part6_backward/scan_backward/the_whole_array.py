"""Runs on into the stretches behind: the forward pass began anew in every block."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        total = float32(0)
        for k in range(i, size):
            total += d[k]
        grad_a[i] = total
