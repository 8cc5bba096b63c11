"""One square for both gradients, filled again while others still add it up."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    products = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    products[ty, tx] = d[y, x] * b[0, x] if y < rows and x < cols else 0
    cuda.syncthreads()
    if tx == 0 and y < rows:
        total = float32(0)
        for k in range(TILE):
            total += products[ty, k]
        cuda.atomic.add(grad_a, (y, 0), total)
    products[ty, tx] = d[y, x] * a[y, 0] if y < rows and x < cols else 0
    cuda.syncthreads()
    if ty == 0 and x < cols:
        total = float32(0)
        for k in range(TILE):
            total += products[k, tx]
        cuda.atomic.add(grad_b, (0, x), total)
