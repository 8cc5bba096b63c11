"""Adds up from the far end of the window."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i < size:
        total = float32(0)
        for k in range(2, -1, -1):
            if i + k < size:
                total += d[i + k]
        grad_a[i] = total
