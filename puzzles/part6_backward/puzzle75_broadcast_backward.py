"""
# Puzzle 75 · Broadcast, backwards

Going forwards, out[r, c] = a[r, 0] · b[0, c]: each element of `a` was used in a whole row. So its
gradient is a *sum* over that row, and that of `b` a sum over a column:

    grad_a[r, 0] = sum over c of d[r, c] · b[0, c]
    grad_b[0, c] = sum over r of d[r, c] · a[r, 0]

Many threads, one cell. If they all write to it, they race; if each takes an atomic, they queue.
Solve it for one tile first: a block adds up its own `TILE` × `TILE` products in shared memory, row
by row and column by column. Then let the tiles meet in the cells, by one atomic for each row and
each column of a tile.

- **Arrays**: `d` is `rows` × `cols`, `a` and `grad_a` are `rows` × 1, `b` and `grad_b` 1 × `cols`,
  all float32. `grad_a` and `grad_b` arrive **filled with 0**.
- **Sizes**: `rows` and `cols` may be 0, and need not be multiples of `TILE`.
- **Launch**: blocks of `TILE` × `TILE` threads, at least enough in both directions. The checker
  runs your file with `TILE` = 4 and = 8.
- **Third star**: each thread reads three elements of global memory, each element of `d` is read
  once in all, and a block does 2 · `TILE` atomics, at most.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TILE = 8


@puzzle("broadcast_backward")
@cuda.jit
def broadcast_backward(grad_a, grad_b, d, a, b, rows, cols):
    for_a = cuda.shared.array((TILE, TILE), float32)
    for_b = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.grid(2)
    tx, ty = cuda.threadIdx.x, cuda.threadIdx.y
    # Your code here: about 17 lines.
