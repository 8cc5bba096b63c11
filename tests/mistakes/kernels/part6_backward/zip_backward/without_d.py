"""The derivatives alone, as if 1 had arrived everywhere."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = b[i]
        grad_b[i] = a[i]
