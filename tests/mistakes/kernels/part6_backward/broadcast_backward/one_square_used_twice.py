"""One square for both gradients, one after the other."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    products = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    inside = y < rows and x < cols
    arriving = float32(0)
    products[ty, tx] = 0
    if inside:
        arriving = d[y, x]
        products[ty, tx] = arriving * b[0, x]
    cuda.syncthreads()
    if tx == 0 and y < rows:
        total = float32(0)
        for k in range(TILE):
            total += products[ty, k]
        cuda.atomic.add(grad_a, (y, 0), total)
    cuda.syncthreads()
    products[ty, tx] = 0
    if inside:
        products[ty, tx] = arriving * a[y, 0]
    cuda.syncthreads()
    if ty == 0 and x < cols:
        total = float32(0)
        for k in range(TILE):
            total += products[k, tx]
        cuda.atomic.add(grad_b, (0, x), total)
