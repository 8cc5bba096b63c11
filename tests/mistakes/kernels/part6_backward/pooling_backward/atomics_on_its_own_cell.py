"""Nobody else adds to this cell, and yet it is done by atomics."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = 0
        for j in range(i, min(i + 3, size)):
            cuda.atomic.add(grad_a, i, d[j])
