"""
# Puzzle 16 · Block sum

One thread that adds up everything keeps all others waiting. Let them share the work: half of the
threads add the other half's numbers to their own, all at the same time. Then half of that half, and
so on, until one number is left. This is a *tree*: 64 numbers need 6 steps, not 63.

    3   1   7   0   4   1   6   3
    7   2  13   3                       4 threads: place t gets t + 4 added
    20  5                               2 threads: t + 2
    25                                  1 thread:  t + 1

Put the sum of each block's stretch into `out`: block 0 adds up the first `TPB` elements of `a` and
writes `out[0]`, block 1 the next `TPB` for `out[1]`. The last stretch may be short; blocks beyond
have nothing to add and write 0.

- **Arrays**: `a` has `size` float32 elements, positive, negative and zero. `out` has one for each
  block and arrives holding nothing.
- **Sizes**: `size` may be 0, and need not be a multiple of `TPB`.
- **Launch**: blocks of `TPB` threads, and at least enough of them. The checker runs your file with
  `TPB` = 8 and = 64; it is always a power of two.
- **Third star**: each thread reads one element, meets log2(`TPB`) + 1 barriers and reads
  2 · log2(`TPB`) + 2 places of shared memory, at most. No atomics.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    # Your code here: about 13 lines.
