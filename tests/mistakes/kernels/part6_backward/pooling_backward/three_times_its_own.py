"""Three windows, but all of them get the same."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        windows = min(3, size - i)
        grad_a[i] = windows * d[i]
