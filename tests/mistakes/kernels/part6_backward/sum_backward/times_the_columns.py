"""Adds what arrives once for each column."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        total = float32(0)
        for _ in range(cols):
            total += d[y]
        grad_a[y, x] = total
