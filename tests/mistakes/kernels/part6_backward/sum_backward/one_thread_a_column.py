"""The first thread of each column fills it from top to bottom."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    if y == 0 and x < cols:
        for r in range(rows):
            grad_a[r, x] = d[r]
