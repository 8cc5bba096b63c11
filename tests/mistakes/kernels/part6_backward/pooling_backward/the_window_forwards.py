"""Goes forwards again: looks back where it should look ahead."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        total = d[i]
        if i >= 1:
            total += d[i - 1]
        if i >= 2:
            total += d[i - 2]
        grad_a[i] = total
