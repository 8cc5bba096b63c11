"""Broadcasts the gradient too: each cell takes what arrives in the first column, or the first row."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x == 0 and x < cols:
        grad_a[y, 0] = d[y, 0] * b[0, 0]
    if x < cols and y == 0 and y < rows:
        grad_b[0, x] = d[0, x] * a[0, 0]
