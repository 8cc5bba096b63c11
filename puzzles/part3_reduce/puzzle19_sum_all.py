"""
# Puzzle 19 · Sum of all

In puzzle 16 each block left a sum of its own, and somebody still had to add those up. Blocks cannot
wait for each other, and share no memory but the global one. There they can meet in one cell, if
each adds to it with an **atomic**: a read, an addition and a write that nobody comes in between.

    a        1  2  3  4  5  6  7  8  9  10        size = 10, 2 blocks of 2 threads
    block    0  0  1  1  0  0  1  1  0  0
    sums     1 + 2 + 5 + 6 + 9 + 10 = 33     3 + 4 + 7 + 8 = 22     out   55

Atomics on one cell stand in a queue. One for each element would be right, and slow. So let every
thread add up its own elements (as in puzzle 6), every block the sums of its threads (puzzle 16),
and only then go to `out`: `cuda.atomic.add(array, index, value)`.

Write the sum of all elements of `a` to `out[0]`.

- **Arrays**: `a` has `size` float32 elements, and `out` has one. `out` arrives holding 0.
- **Sizes**: `size` may be 0; then the sum is 0.
- **Launch**: any number of blocks of `TPB` threads: too few threads, too many, or just enough. The
  checker runs your file with `TPB` = 8 and = 64; it is always a power of two.
- **Third star**: each element is read once in all, no thread reads more than its share, and each
  block does one atomic in global memory.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    # Your code here: about 13 lines.
