"""
# Puzzle 56 · Jacobian of view

From here on inputs and outputs may be tensors, and they keep their dimensions. The Jacobian has the
dimensions of the output, then those of the input: one from 2 × 3 to 3 × 2 has shape 3 × 2 × 2 × 3.
Element (i, j, a, b) is the derivative of output (i, j) by input (a, b).

A view gives the elements of `x` another shape. They stay in their order, row by row.

    f(x) = x in the given shape

    x  1  2  3        shape (3, 2)        f(x)  1  2
       4  5  6                                  3  4
                                                5  6

What is the Jacobian of `f`?

- **Arguments**: `x` is a float64 array with one to three dimensions and at least one element.
  `shape` is a tuple of one to three ints, whose product is the number of elements of `x`.
- **Returns** the Jacobian, an array of floats. Its shape is `shape`, then that of `x`.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    pass  # Your code here: about 1 line.
