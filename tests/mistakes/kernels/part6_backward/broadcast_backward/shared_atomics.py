"""Rows and columns meet in shared memory by atomics, and then in the gradients."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    of_row = cuda.shared.array(TILE, float32)
    of_column = cuda.shared.array(TILE, float32)
    x, y = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    if ty == 0:
        of_row[tx] = 0
        of_column[tx] = 0
    cuda.syncthreads()
    if y < rows and x < cols:
        arriving = d[y, x]
        cuda.atomic.add(of_row, ty, arriving * b[0, x])
        cuda.atomic.add(of_column, tx, arriving * a[y, 0])
    cuda.syncthreads()
    if tx == 0 and y < rows:
        cuda.atomic.add(grad_a, (y, 0), of_row[ty])
    if ty == 0 and x < cols:
        cuda.atomic.add(grad_b, (0, x), of_column[tx])
