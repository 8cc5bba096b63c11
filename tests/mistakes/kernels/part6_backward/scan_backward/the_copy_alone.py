"""Each element answers for its own place only, as in a map."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = d[i]
