"""
# Puzzle 76 · Sum, backwards

The forward pass added up each row: out[r] = a[r, 0] + a[r, 1] + ... If any element of a row grows
by 1, the sum does too. So each of them gets the whole gradient of its row, and nothing of the
others. A sum's gradient is a copy along the axis that was summed:

    d    2        grad_a   2  2  2
         3                 3  3  3

What broadcasting is forwards, this is backwards, and the other way round.

- **Arrays**: `grad_a` is `rows` × `cols`, `d` has `rows` elements, all float32. `grad_a` arrives
  holding nothing. `a` is not there: nobody needs it.
- **Sizes**: `rows` and `cols` may be 0, and need not be multiples of anything.
- **Launch**: at least enough blocks in both directions, of any shape; x runs along columns.
- **Third star**: each thread reads one element and writes one, and neighbours in x touch neighbours
  in memory.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    # Your code here: about 2 lines.
