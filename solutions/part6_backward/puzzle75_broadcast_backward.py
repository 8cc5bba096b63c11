"""
# Puzzle 75 · Broadcast, backwards

## Walkthrough

Thread (x, y) reads `d[y, x]` once and makes two products of it, one for each gradient. They go into
two squares of shared memory. After the barrier the threads of the tile's left edge add up the rows
of one square, and those of its upper edge the columns of the other. That is `TILE` sums each, and
`TILE` atomics each.

**A copy going forwards is a sum going backwards.** Broadcasting copied `a[r, 0]` along its row,
without saying so. Each copy has a gradient, and the element answers for all of them. Think
of puzzle 63: `unbroadcast` summed what broadcasting had repeated.

**Zeros for the missing.** A thread beyond the edge puts 0 into both squares. Then the sums need not
know how much of the tile is there. A short loop would do as well; reading what nobody wrote would
not.

**Three guards, all different.** A product needs its row and its column. A sum for `grad_a` needs
only its row, one for `grad_b` only its column: the thread at the left edge has column `x` within
the array in any tile with work to do, and in one without, it adds a 0.

**Why not a thread for each cell?** One thread that runs along a whole row needs no atomics and
races with nobody. But then the threads for `grad_b` read `d` a second time, and those for `grad_a`
read a column at once, each from a sector of its own.

**Adding in any order.** Atomics come as they come, and floats round differently in each order. The
numbers here are such that it makes no difference; in training the last bits differ from run to run.

**Take with you**: where broadcasting copied, the gradient sums: first in the block, then across.
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
