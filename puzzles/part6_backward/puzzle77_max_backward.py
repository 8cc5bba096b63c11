"""
# Puzzle 77 · Max, backwards

The forward pass kept the largest element of each row. Only that one counts: if any other grows a
little, nothing happens. So it gets the whole gradient of its row, and all other cells get 0. Of
equal elements the first is taken, as in puzzle 21.

    a       4  9  2  9
    d       5
    grad_a  0  5  0  0          not 0 5 0 5: the row had one result

A row has a block of its own: `cuda.blockIdx.x` is the row. Find out which column won, tell all
threads of the block, and write the whole row of `grad_a`.

- **Arrays**: `grad_a` and `a` are `rows` × `cols`, `d` has `rows` elements, all float32. `grad_a`
  arrives holding nothing: the zeros have to be written too.
- **Sizes**: `rows` and `cols` are at least 1. A row may be longer than a block, or shorter.
- **Launch**: `rows` blocks of `TPB` threads. The checker runs your file with `TPB` = 8 and = 64; it
  is always a power of two.
- **Third star**: each element of `a` is read once in all, and coalesced: 1.25 times our solution's
  sectors, no more.
"""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    columns = cuda.shared.array(TPB, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    # Your code here: about 20 lines.
