"""
# Puzzle 57 · Jacobian of transpose

Rows become columns. The elements are the same as before, as in a view, but read row by row they
come in another order.

    f(x)[i, j] = x[j, i]

    x  1  2  3        f(x)  1  4
       4  5  6              2  5
                            3  6

What is the Jacobian of `f`? Its element (i, j, a, b) is the derivative of output (i, j) by input
(a, b).

- **Arguments**: `x` is a float64 array with r rows and c columns, at least one each.
- **Returns** the Jacobian, an array of floats of shape c × r × r × c.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    pass  # Your code here: about 1 line.
