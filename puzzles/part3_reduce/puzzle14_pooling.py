"""
# Puzzle 14 · Pooling

Add up windows of three: each element and the two before it. Three threads need the same element,
and shared memory lets them read it once. But the first windows of a block begin in the stretch of
the block before. What a block needs beyond its own stretch is called a *halo*.

Put a[i - 2] + a[i - 1] + a[i] into `out[i]`. Before the first element there is nothing to add.

    a      1   2   4   8  16  32
    out    1   3   7  14  28  56

The size of a shared array has to be a constant of the file, also when it is a sum. So it is worked
out at the top of the stub: `HALO` has a place for each thread and two more.

- **Arrays**: `a` and `out` have `size` float32 elements. `out` arrives holding nothing.
- **Sizes**: `size` may be 0, and need not be a multiple of `TPB`.
- **Launch**: blocks of `TPB` threads, and at least enough of them. The checker runs your file with
  `TPB` = 8 and = 64, and `HALO` follows.
- **Third star**: the threads of a block together read `TPB` + 3 elements, and each writes one and
  meets one barrier, at most.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32
HALO = TPB + 2


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    window = cuda.shared.array(HALO, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    # Your code here: about 11 lines.
