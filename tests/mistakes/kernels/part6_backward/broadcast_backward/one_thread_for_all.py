"""The very first thread does everything."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    x, y = cuda.grid(2)
    if x == 0 and y == 0:
        for r in range(rows):
            for c in range(cols):
                grad_a[r, 0] += d[r, c] * b[0, c]
                grad_b[0, c] += d[r, c] * a[r, 0]
