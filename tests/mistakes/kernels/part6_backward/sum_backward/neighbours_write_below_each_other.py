"""Numbers the threads and goes down the columns: each lane writes to a sector of its own."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    wide, high = cuda.gridsize(2)
    for k in range(y * wide + x, rows * cols, wide * high):
        grad_a[k % rows, k // rows] = d[k % rows]
