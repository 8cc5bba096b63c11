"""The threads on the diagonal each add up a row and a column."""

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
    cuda.syncthreads()

    if tx == ty:
        of_row = of_column = float32(0)
        row, column = y, x
        for k in range(TILE):
            of_row += for_a[ty, k]
            of_column += for_b[k, tx]
        if row < rows:
            cuda.atomic.add(grad_a, (row, 0), of_row)
        if column < cols:
            cuda.atomic.add(grad_b, (0, column), of_column)
