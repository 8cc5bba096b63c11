"""The first thread of each row fills the whole row."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    if x == 0 and y < rows:
        for c in range(cols):
            grad_a[y, c] = d[y]
