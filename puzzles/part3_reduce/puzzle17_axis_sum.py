"""
# Puzzle 17 · Axis sum

A tensor is often reduced along one axis only: of a matrix each row is summed, and the rows stay
apart. One block for each row is a natural way to cut up the work. But a row may be longer than a
block, so before the threads begin to talk, each one adds up a share of the row by itself.

Add up each row of `a` and put the sum into `out[row]`.

    a     1  2  3  4      out   10
          5  6  7  8            26

- **Arrays**: `a` is `rows` × `cols`, float32, positive, negative and zero. `out` has `rows`
  elements and arrives holding nothing.
- **Sizes**: `rows` is 1 or more. `cols` may be 0; then the sums are 0. It may be less than `TPB` or
  much more, and need not be a multiple of it.
- **Launch**: `rows` blocks of `TPB` threads: row `cuda.blockIdx.x` is the block's own. The checker
  runs your file with `TPB` = 8 and = 64.
- **Third star**: each thread reads `cols` / `TPB` elements, rounded up, and meets log2(`TPB`) + 1
  barriers, at most. Neighbouring threads read neighbours in memory.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    row = cuda.blockIdx.x
    # Your code here: about 13 lines.
