"""
# Puzzle 79 · Scan, backwards

In puzzle 18, each place of a block's stretch got the sum of all elements up to its own. So the
first element went into every sum of the stretch, the last only into one. Its gradient is the sum of
all that arrives at its own place and at those *after* it:

    d         1   2   4   8
    grad_a   15  14  12   8        the same scan, from the other end

Put the gradient of `a` into `grad_a`. As going forwards, every block has a stretch of its own:
block 0 the first `TPB` elements, block 1 the next, and the last stretch may be short.

- **Arrays**: `grad_a` and `d` have `size` float32 elements. `grad_a` arrives holding nothing.
- **Sizes**: `size` may be 0, and need not be a multiple of `TPB`.
- **Launch**: blocks of `TPB` threads, and at least enough of them. The checker runs your file with
  `TPB` = 8 and = 64; it is always a power of two.
- **Third star**: each thread reads one element and writes one, meets 2 · log2(`TPB`) + 2 barriers
  and reads 5 · log2(`TPB`) + 2 places of shared memory, at most.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    # Your code here: about 13 lines.
