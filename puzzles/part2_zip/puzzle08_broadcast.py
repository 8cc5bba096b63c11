"""
# Puzzle 8 · Broadcast

A zip of arrays whose shapes differ. Where one of them has length 1 along an axis, it is stretched
to fit the other: this is *broadcasting*, as NumPy and PyTorch do it. Nothing is copied for it. The
one element is simply read again for every place it is stretched over.

Here `a` is a column and `b` is a row, and `out` is the table of all their sums.

    b          10  20  30
    a   1      11  21  31
        2      12  22  32      out is 2 × 3

- **Arrays**: `a` is `rows` × 1, `b` is 1 × `cols`, `out` is `rows` × `cols`; all have two axes,
  float32. `out` arrives holding nothing.
- **Sizes**: `rows` or `cols` may be 0.
- **Launch**: blocks of any shape, and at least enough of them: for `cols` in x and for `rows` in y.
  `cuda.grid(2)` gives a thread both its global indices, x first.
- **Third star**: each thread reads two elements and writes one, at most.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    # Your code here: about 2 lines.
