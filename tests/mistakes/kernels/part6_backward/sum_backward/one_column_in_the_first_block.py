"""The index within the block, along x: all blocks do the first columns."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.blockIdx.y * cuda.blockDim.y + cuda.threadIdx.y
    if y < rows and x < cols:
        grad_a[y, x] = d[y]
