"""Both derivatives from a function of their own, as a pair."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@cuda.jit(device=True)
def pulled_back(arriving, x, y):
    return arriving * y, arriving * x


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.grid(1)
    if i < size:
        grad_a[i], grad_b[i] = pulled_back(d[i], a[i], b[i])
