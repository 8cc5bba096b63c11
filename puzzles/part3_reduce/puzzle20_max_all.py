"""
# Puzzle 20 · Largest of all

A reduction is more than a sum. Any operator will do for which neither order nor brackets matter:
then threads may combine their elements in any order, and blocks too. What every such operator needs
is its **identity**, the value that changes nothing, for all those who have no element. For + it is
0. For the larger of two numbers it is minus infinity:

    max(-inf, x) = x     whatever x is

    a        -3  -1  -7       4 threads in 1 block       out   -1
    starts   -3  -1  -7  -inf        the last thread has no element

Write the largest element of `a` to `out[0]`. Blocks meet as before, now with
`cuda.atomic.max(array, index, value)`. In a kernel you may use `max(x, y)` and `math.inf`.

- **Arrays**: `a` has `size` float32 elements, and `out` has one. `out` arrives holding -inf.
- **Sizes**: `size` may be 0; then `out` stays as it is.
- **Launch**: any number of blocks of `TPB` threads: too few threads, too many, or just enough. The
  checker runs your file with `TPB` = 8 and = 64; it is always a power of two.
- **Third star**: each element is read once in all, no thread reads more than its share, and each
  block does one atomic in global memory.
"""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    # Your code here: about 13 lines.
