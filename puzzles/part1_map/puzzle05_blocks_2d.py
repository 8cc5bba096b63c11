"""
# Puzzle 5 · Blocks in two dimensions

Now a whole grid of blocks, in both directions. `cuda.blockIdx`, `cuda.blockDim` and
`cuda.threadIdx` each have an `.x` and a `.y`, and the rule of puzzle 3 holds for x and for y, each
for itself.

Which of the two is the column decides about speed. A GPU runs 32 threads in step, a *warp*, and
these are neighbours in x. It fetches memory in pieces of 32 bytes, called *sectors*: eight float32
elements that lie side by side in one row. When neighbours in x read neighbours in a row, eight
threads share a sector. When they read down a column, every thread needs a sector of its own, and
most of what is fetched is thrown away. Sharing is called *coalescing*.

Add 10 to each element of `a`, and put the result at the same place in `out`.

    0 0 0 0 | 1 · · ·
    0 0 0 0 | 1 · · ·      3 rows, 5 columns; blocks 4 threads wide and 2 high, numbered here 0 to 3
    --------+--------
    2 2 2 2 | 3 · · ·
    · · · · | · · · ·

- **Arrays**: `a` and `out` are `rows` × `cols`, float32, row after row in memory. `out` arrives
  holding nothing.
- **Sizes**: `rows` or `cols` may be 0.
- **Launch**: blocks of any shape, and at least enough of them: for `cols` in x and for `rows` in y.
- **Third star**: each thread reads and writes one element at most, and coalesced: 1.25 times our
  solution's sectors, no more.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    # Your code here: about 4 lines.
    pass
