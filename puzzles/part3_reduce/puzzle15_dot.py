"""
# Puzzle 15 · Dot

The first *reduce*: many elements go in, one comes out. It follows a zip, which you know: multiply
`a` and `b` element by element. Then add up all the products and put the sum into `out[0]`.

    a      1   2   3
    b     10  20  30
    out  140                      1 · 10 + 2 · 20 + 3 · 30

If every thread added its product to `out[0]`, they would overwrite each other's sums: to add is to
read, to compute and to write, and another thread can come between. So the products meet in shared
memory, and when all are there, one thread may do the rest.

- **Arrays**: `a` and `b` have `size` float32 elements, positive, negative and zero. `out` has one
  element and arrives holding nothing.
- **Sizes**: `size` is `TPB` at most, and may be 0; then the sum is 0.
- **Launch**: one block of `TPB` threads. The checker runs your file with `TPB` = 8 and = 64.
- **Third star**: each thread reads two elements of global memory, at most, and all threads together
  write one, without atomics.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    # Your code here: about 8 lines.
