"""
# Puzzle 7 · Zip

A *zip* takes two arrays of one shape and makes a third: element by element, like the two sides of a
zip fastener. It is the second of the three verbs; adding, multiplying and comparing tensors are all
zips.

Add `b` to `a`, element by element.

    a      1   2   3   4
    b     10  20  30  40
    out   11  22  33  44

- **Arrays**: `a`, `b` and `out` have `size` float32 elements. `out` arrives holding nothing; `a`
  and `b` are only for reading.
- **Sizes**: `size` may be 0.
- **Launch**: blocks of any one size, and at least enough of them.
- **Third star**: each thread reads two elements and writes one, at most.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    i = cuda.grid(1)
    # Your code here: about 2 lines.
