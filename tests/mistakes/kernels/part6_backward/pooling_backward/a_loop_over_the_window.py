"""A loop that ends where the array does."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        total = 0.0
        for j in range(i, min(i + 3, size)):
            total += d[j]
        grad_a[i] = total
