"""What lies beyond the end is 0, says a function of its own."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"


@cuda.jit(device=True)
def arriving(d, i, size):
    return d[i] if i < size else float32(0)


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i >= size:
        return
    grad_a[i] = arriving(d, i, size) + arriving(d, i + 1, size) + arriving(d, i + 2, size)
