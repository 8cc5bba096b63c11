"""Keeps what arrives in one square; the edges multiply by the operand while they add."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    tile = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    tile[ty, tx] = d[y, x] if y < rows and x < cols else 0
    cuda.syncthreads()
    first_x, first_y = x - tx, y - ty
    if tx == 0 and y < rows:
        total = float32(0)
        for k in range(min(TILE, cols - first_x)):
            total += tile[ty, k] * b[0, first_x + k]
        cuda.atomic.add(grad_a, (y, 0), total)
    if ty == 0 and x < cols:
        total = float32(0)
        for k in range(min(TILE, rows - first_y)):
            total += tile[k, tx] * a[first_y + k, 0]
        cuda.atomic.add(grad_b, (0, x), total)
