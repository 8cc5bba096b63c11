"""Whoever has no next element has no second next either."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        total = float32(d[i])
        if i < size - 1:
            total += d[i + 1]
            if i < size - 2:
                total += d[i + 2]
        grad_a[i] = total
