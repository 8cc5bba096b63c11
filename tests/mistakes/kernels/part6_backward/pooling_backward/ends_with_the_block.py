"""Elements of the next block are left out, as if each block had an array of its own."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        total = d[i]
        for k in range(1, 3):
            if i + k < size and cuda.threadIdx.x + k < cuda.blockDim.x:
                total += d[i + k]
        grad_a[i] = total
