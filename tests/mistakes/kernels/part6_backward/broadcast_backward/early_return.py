"""Threads without an element end before the barrier: right since Volta, and not portable."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    for_a = cuda.shared.array((TILE, TILE), float32)
    for_b = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    if y >= rows or x >= cols:
        return
    arriving = d[y, x]
    for_a[ty, tx] = arriving * b[0, x]
    for_b[ty, tx] = arriving * a[y, 0]
    cuda.syncthreads()
    if tx == 0:
        total = float32(0)
        for k in range(min(TILE, cols - x)):
            total += for_a[ty, k]
        cuda.atomic.add(grad_a, (y, 0), total)
    if ty == 0:
        total = float32(0)
        for k in range(min(TILE, rows - y)):
            total += for_b[k, tx]
        cuda.atomic.add(grad_b, (0, x), total)
