"""
# Puzzle 12 · Mask

Some results depend on where an element stands, not on what it holds. A thread knows where it stands
before it has read anything, and a decision made by index costs no read at all. Later on, attention
will hide part of a square in this way.

Copy the square `a` to `out`, but write 0 to everything below the diagonal.

    a    1  2  3      out   1  2  3
         4  5  6            0  5  6
         7  8  9            0  0  9

- **Arrays**: `a` and `out` are `size` × `size`, float32. `out` arrives holding nothing, so a 0 has
  to be written too.
- **Sizes**: `size` may be 0.
- **Launch**: blocks of any shape, and at least enough of them: for `size` in x and in y.
- **Third star**: each thread reads one element and writes one, at most; below the diagonal nothing
  is read.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    # Your code here: about 5 lines.
