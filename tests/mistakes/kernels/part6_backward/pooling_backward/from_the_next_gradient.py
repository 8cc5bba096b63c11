"""Takes the neighbour's sum, which may not have been written yet."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        total = d[i]
        if i + 1 < size:
            total += grad_a[i + 1]
        if i + 3 < size:
            total -= d[i + 3]
        grad_a[i] = total
