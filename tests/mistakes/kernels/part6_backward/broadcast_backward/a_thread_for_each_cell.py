"""A thread for each row, and one for each column, without atomics; each reads all of its line."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    x, y = cuda.grid(2)
    if x == 0 and y < rows:
        total = float32(0)
        for c in range(cols):
            total += d[y, c] * b[0, c]
        grad_a[y, 0] = total
    if y == 0 and x < cols:
        total = float32(0)
        for r in range(rows):
            total += d[r, x] * a[r, 0]
        grad_b[0, x] = total
