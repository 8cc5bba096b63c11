"""
# Puzzle 17 · Axis sum

## Walkthrough

Two reductions, one after the other. First each thread adds up its share of the row in a local
variable: columns `t`, `t + TPB`, `t + 2 * TPB` and so on. This is the stride loop of puzzle 6, with
one block to a row. Then the `TPB` partial sums go through the tree of puzzle 16.

**No cases.** A thread whose share is empty comes out of its loop with 0.0, the identity, and puts
that into the tree. So rows shorter than the block, rows that are no multiple of it and empty rows
are all the same kernel.

**Alone first, together later.** While a thread adds up its share there is nobody to wait for.
Bringing every stretch of the row through shared memory and the tree would also be right, at
log2(`TPB`) + 1 barriers for each stretch.

**Why in steps of `TPB`?** The share could also be `cols / TPB` columns in a row. Then, at any one
moment, neighbouring threads read places that lie a whole share apart, and the memory moves a sector
of 32 bytes for each of them. In steps of `TPB` they read neighbours, and eight threads share a
sector.

**Which row?** The block's index, and nothing else. A row is finished within its block, so no two
blocks have to meet.

**Take with you**: reduce what is your own in a register; only what is left is worth a barrier.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    row = cuda.blockIdx.x
    total = 0.0
    for col in range(t, cols, TPB):
        total += a[row, col]
    sums[t] = total
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t < step:
            sums[t] += sums[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[row] = sums[0]
