"""Everybody adds to two cells, without atomics."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        arriving = d[y, x]
        grad_a[y, 0] += arriving * b[0, x]
        grad_b[0, x] += arriving * a[y, 0]
