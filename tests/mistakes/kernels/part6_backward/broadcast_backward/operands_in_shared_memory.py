"""What arrives and both operands in shared memory; the edges multiply while they add."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    tile = cuda.shared.array((TILE, TILE), float32)
    column = cuda.shared.array(TILE, float32)
    row = cuda.shared.array(TILE, float32)
    x, y = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    tile[ty, tx] = d[y, x] if y < rows and x < cols else 0
    if tx == 0:
        column[ty] = a[y, 0] if y < rows else 0
    if ty == 0:
        row[tx] = b[0, x] if x < cols else 0
    cuda.syncthreads()
    if tx == 0 and y < rows:
        total = float32(0)
        for k in range(TILE):
            total += tile[ty, k] * row[k]
        cuda.atomic.add(grad_a, (y, 0), total)
    if ty == 0 and x < cols:
        total = float32(0)
        for k in range(TILE):
            total += tile[k, tx] * column[k]
        cuda.atomic.add(grad_b, (0, x), total)
