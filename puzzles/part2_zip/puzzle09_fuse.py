"""
# Puzzle 9 · Fuse

`a * b + c` could be two zips: one writes the products to memory, the next reads them back and adds
`c`. On a GPU the multiplying and adding cost next to nothing; the way to memory and back is what
takes the time. One kernel that does both is called *fused*: the product never leaves the thread
that made it.

Compute `a * b + c`, element by element, in one pass.

    a       1    2    3
    b      10   20   30
    c     100  200  300
    out   110  240  390

- **Arrays**: `a`, `b`, `c` and `out` have `size` float32 elements. `out` arrives holding nothing.
- **Sizes**: `size` may be 0.
- **Launch**: blocks of any one size, and at least enough of them.
- **Third star**: each thread reads three elements and writes one, at most. `out` is no place to
  keep the product.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.grid(1)
    # Your code here: about 2 lines.
