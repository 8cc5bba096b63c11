"""
# Puzzle 18 · Scan

A reduction that keeps every sum on the way: element by element, the sum of all so far, itself
included. It looks as if each result had to wait for the one before. It need not:

    3   1   7   0   4   1   6   3
    3   4   8   7   4   5   7   9       t - 1 added, where there is one
    3   4  11  11  12  12  11  14       t - 2 added
    3   4  11  11  15  16  22  25       t - 4 added

After each step a place holds the sum of twice as many. So log2(`TPB`) steps are enough.

Put the running sum of each block's stretch into `out`. It starts anew in every block: block 0 has
the first `TPB` elements of `a`, block 1 the next, and the last stretch may be short.

- **Arrays**: `a` and `out` have `size` float32 elements, positive, negative and zero. `out` arrives
  holding nothing.
- **Sizes**: `size` may be 0, and need not be a multiple of `TPB`.
- **Launch**: blocks of `TPB` threads, and at least enough of them. The checker runs your file with
  `TPB` = 8 and = 64; it is always a power of two.
- **Third star**: each thread reads one element and writes one, meets 2 · log2(`TPB`) + 2 barriers
  and reads 5 · log2(`TPB`) + 2 places of shared memory, at most.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    # Your code here: about 13 lines.
