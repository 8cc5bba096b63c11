"""The last two elements are in fewer windows, and get nothing at all."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        if i + 2 < size:
            grad_a[i] = d[i] + d[i + 1] + d[i + 2]
        else:
            grad_a[i] = 0
