"""Works out one gradient from the other, which nobody has written yet."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = grad_b[i] * b[i]
        grad_b[i] = d[i] * a[i]
