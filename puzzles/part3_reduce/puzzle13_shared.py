"""
# Puzzle 13 · Shared

Threads of one block can talk, through *shared memory*: a small, fast array that each block has for
itself, and that holds nothing when the block begins. Its size has to be a constant, here `TPB`, the
threads per block. You cannot know who is quicker. `cuda.syncthreads()` is a *barrier*: no thread of
the block goes on until every one has come, and what they wrote before it can be read after it.

Block 0 has the first `TPB` elements of `a`, block 1 the next, and so on; the last such stretch may
be short. To each element add its mirror image within its stretch: to the first the last, to the
second the last but one. The middle one of an odd number is its own mirror image.

    TPB = 4
    a      1   4   9  16    25  36  49
    out   17  13  13  17    74  72  74

- **Arrays**: `a` and `out` have `size` float32 elements. `out` arrives holding nothing.
- **Sizes**: `size` may be 0, and need not be a multiple of `TPB`.
- **Launch**: blocks of `TPB` threads, and at least enough of them. The checker runs your file with
  `TPB` = 8 and = 64; what you set here is for yourself.
- **Third star**: each thread reads one element and writes one, writes one of shared memory, and
  meets one barrier, at most.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    # Your code here: about 6 lines.
