"""
# Puzzle 5 · Blocks in two dimensions

## Walkthrough

Each direction has its own block number, block size and thread number, and in each direction the
rule of puzzle 3 makes a global index of them. Calling the results `column` and `row` instead of x
and y leaves nothing to mix up in the line that touches memory.

**Why x has to be the column.** Take a block 32 wide and 2 high. The first warp is the 32 threads
with y = 0, and they ask for 32 elements side by side: 128 bytes, four sectors. If x were the row,
the same 32 threads would ask for 32 elements in 32 rows, each in a sector of its own. The answer
would be the same, and eight times as much memory would have to be moved for it. The third star
counts sectors, so it sees the difference without a clock.

**The traps.** `cuda.blockDim.x` in both lines, which is right for square blocks only. A guard for
one direction. Blocks counted in one direction only, so that each row of blocks does the same work.

**Another way.** `column, row = cuda.grid(2)` is these two lines in one. Note the order: x first, so
the column first.

**Take with you**: neighbours in x read neighbours in memory. When a kernel that moves much memory
is slow, look at this first.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    column = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    row = cuda.blockIdx.y * cuda.blockDim.y + cuda.threadIdx.y
    if row < rows and column < cols:
        out[row, column] = a[row, column] + 10
