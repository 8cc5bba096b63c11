"""The index within the block, so all blocks work on the first elements."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.threadIdx.x
    if i < size:
        grad_a[i] = d[i] * b[i]
        grad_b[i] = d[i] * a[i]
