"""
# Puzzle 22 · Last block

The blocks of puzzle 19 add in whatever order they come, and with decimal fractions the order
changes the last digits of a sum. Here every block leaves its sum in `partial`, and the block that
finishes **last** adds them all, always in the same order.

    partial    33  22        counter   0 → 1 → 2        out   55

No block can wait for others, but it can count itself: `cuda.atomic.add` returns what stood there
*before*, so whoever gets the number of blocks less 1 is the last. One thing is missing: a GPU may
let others see two writes in another order than they were made, the count before the partial sum.
`cuda.threadfence()` forbids it: what stands before it is seen before what stands after it.

Write the sum of all elements of `a` to `out[0]`.

- **Arrays**: `a` has `size` float32 elements, `out` has one, `partial` has one for each block.
  `counter` has one, **uint32**. `counter` arrives holding 0, `out` and `partial` nothing. Nobody
  looks at `partial` and `counter` afterwards.
- **Sizes**: `size` may be 0; then the sum is 0.
- **Launch**: any number of blocks of `TPB` threads, and perhaps more blocks than a block has
  threads. The checker runs your file with `TPB` = 8 and = 64; it is always a power of two.
- **Third star**: each element of `a` is read once in all, no thread reads more than its share, and
  each block does one atomic.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("last_block")
@cuda.jit
def last_block(out, partial, counter, a, size):
    shared = cuda.shared.array(TPB, float32)
    # Your code here: about 20 lines.
