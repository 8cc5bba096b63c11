"""A tree along the rows of the tile, and one along its columns."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    for_a = cuda.shared.array((TILE, TILE), float32)
    for_b = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    for_a[ty, tx] = 0
    for_b[ty, tx] = 0
    if y < rows and x < cols:
        arriving = d[y, x]
        for_a[ty, tx] = arriving * b[0, x]
        for_b[ty, tx] = arriving * a[y, 0]
    step = TILE // 2
    while step > 0:
        cuda.syncthreads()
        if tx < step:
            for_a[ty, tx] += for_a[ty, tx + step]
        if ty < step:
            for_b[ty, tx] += for_b[ty + step, tx]
        step //= 2
    if tx == 0 and y < rows:
        cuda.atomic.add(grad_a, (y, 0), for_a[ty, 0])
    if ty == 0 and x < cols:
        cuda.atomic.add(grad_b, (0, x), for_b[0, tx])
