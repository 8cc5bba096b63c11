"""
# Puzzle 29 · Broadcast strides

To stretch a tensor, nobody copies anything. It gets the large shape and strides that lead to the
same element again and again: a step along a dimension that was stretched is 0 elements long. So
the stretched tensor is a view, and kernels need not know that there is such a thing as
broadcasting.

    shape (3,)  strides (1,)       large shape (2, 3)  strides (0, 1)       10  20  30
    storage  10  20  30                                                     10  20  30

Which strides does a tensor have in the large shape?

- **Arguments**: `shape`, `strides` and `big_shape` are int64 arrays with one axis and 0 to 4
  entries. `shape` and `strides` are equally long. `shape` broadcasts to `big_shape`: you need not
  check that. Sizes and strides may be 0.
- **Returns** the strides, as many as `big_shape` has entries, in a new array. Where nobody can
  step, along a dimension of size 1 or in a tensor without elements, any stride will do.
- **Compiles**: numba has to accept it, so write loops over numbers, and make the array with NumPy.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    # Your code here: about 6 lines.
    pass
