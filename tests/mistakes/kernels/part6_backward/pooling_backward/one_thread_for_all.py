"""The first thread goes through the whole array from behind, all others rest."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    if cuda.grid(1) == 0:
        x = y = 0.0
        for k in range(size):
            i = size - 1 - k
            z = d[i]
            grad_a[i] = x + y + z
            x, y = y, z
