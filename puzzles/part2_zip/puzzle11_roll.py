"""
# Puzzle 11 · Roll

So far a thread wrote where it read. But an index is a number like any other: it can be computed,
and so a kernel can move elements about. Here every element moves `shift` places on, and what goes
over the end comes in again at the beginning.

Write `a[i]` to `out` at the index (i + shift) modulo `size`.

    a                  1  2  3  4  5
    out, shift = 2     4  5  1  2  3
    out, shift = -1    2  3  4  5  1
    out, shift = 7     4  5  1  2  3      the same as 2: five places bring everything back

- **Arrays**: `a` and `out` have `size` float32 elements. `out` arrives holding nothing.
- **Sizes**: `shift` is any whole number: negative, zero, or larger than `size` in either direction.
  `size` may be 0.
- **Launch**: blocks of any one size, and at least enough of them.
- **Third star**: each thread reads one element and writes one, at most.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    # Your code here: about 2 lines.
