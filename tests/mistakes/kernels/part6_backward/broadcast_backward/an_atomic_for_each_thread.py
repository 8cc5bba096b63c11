"""Every thread adds both of its products to the gradients: right, and a long queue."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        arriving = d[y, x]
        cuda.atomic.add(grad_a, (y, 0), arriving * b[0, x])
        cuda.atomic.add(grad_b, (0, x), arriving * a[y, 0])
