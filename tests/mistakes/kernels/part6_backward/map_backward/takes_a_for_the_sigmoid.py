"""As in libraries whose backward rule gets the result: a is not the sigmoid."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i] = d[i] * a[i] * (1 - a[i])
