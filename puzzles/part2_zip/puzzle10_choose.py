"""
# Puzzle 10 · Choose

A zip may also pick one of its two elements. Then each is needed twice, once to compare and once to
hand on. Whenever `a[i]` stands in a kernel, that is a read from memory; a local variable is kept in
a *register*, next to where the thread computes, and using it again costs nothing.

Of `a[i]` and `b[i]`, put the one with the larger absolute value into `out[i]`, with its sign. If
they are equally large, take `a[i]`.

    a     1  -3   2   4  -5
    b    -1   2  -6   4   5
    out   1  -3  -6   4  -5

- **Arrays**: `a`, `b` and `out` have `size` float32 elements, positive, negative and zero. `out`
  arrives holding nothing.
- **Sizes**: `size` may be 0.
- **Launch**: blocks of any one size, and at least enough of them.
- **Third star**: each thread reads two elements and writes one, at most.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    # Your code here: about 7 lines.
