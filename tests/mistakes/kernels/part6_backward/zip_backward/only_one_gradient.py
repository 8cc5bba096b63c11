"""The second operand goes without a gradient."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = d[i] * b[i]
