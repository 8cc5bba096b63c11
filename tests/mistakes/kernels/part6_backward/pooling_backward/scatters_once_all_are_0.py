"""Sets its cell to 0 first, but no barrier holds up the other blocks."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = 0
    cuda.syncthreads()
    if i < size:
        for j in range(max(i - 2, 0), i + 1):
            cuda.atomic.add(grad_a, j, d[i])
