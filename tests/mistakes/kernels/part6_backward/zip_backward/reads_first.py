"""All three elements in local variables, then both results."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("zip_backward")
@cuda.jit
def zip_backward(grad_a, grad_b, d, a, b, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i < size:
        x, y, g = a[i], b[i], d[i]
        grad_a[i] = y * g
        grad_b[i] = x * g
