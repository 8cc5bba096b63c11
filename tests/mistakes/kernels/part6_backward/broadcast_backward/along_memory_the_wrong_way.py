"""x for the row: the grid is not made for that."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    for_a = cuda.shared.array((TILE, TILE), float32)
    for_b = cuda.shared.array((TILE, TILE), float32)
    y, x = cuda.grid(2)
    tx, ty = cuda.threadIdx.y, cuda.threadIdx.x
    for_a[ty, tx] = 0
    for_b[ty, tx] = 0
    if y < rows and x < cols:
        arriving = d[y, x]
        for_a[ty, tx] = arriving * b[0, x]
        for_b[ty, tx] = arriving * a[y, 0]
    cuda.syncthreads()
    if tx == 0 and y < rows:
        total = float32(0)
        for k in range(TILE):
            total += for_a[ty, k]
        cuda.atomic.add(grad_a, (y, 0), total)
    if ty == 0 and x < cols:
        total = float32(0)
        for k in range(TILE):
            total += for_b[k, tx]
        cuda.atomic.add(grad_b, (0, x), total)
