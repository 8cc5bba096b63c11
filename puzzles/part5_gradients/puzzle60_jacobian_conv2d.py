"""
# Puzzle 60 · Jacobian of conv2d

The window of puzzle 55, on a picture: a small matrix `w` slides over `x` along both dimensions, and
never reaches over an edge.

    f(x, w)[i, j] = the sum of all w[p, q] · x[i + p, j + q]

    x  1  2  3        w  10  1        f(x, w)  12  23
       4  5  6                                 45  56

What are the Jacobians of `f`? Element (i, j, a, b) of the first is the derivative of output (i, j)
by x[a, b], and of the second by w[a, b].

- **Arguments**: `x` is a float64 array with r rows and c columns, `w` one with h rows and v
  columns, r ≥ h ≥ 1 and c ≥ v ≥ 1.
- **Returns** `(J_x, J_w)`, arrays of floats. The output has r − h + 1 rows and c − v + 1 columns;
  these are the first two dimensions of both. Behind them come r × c in `J_x`, and h × v in `J_w`.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_conv2d")
def jacobian_conv2d(x, w):
    pass  # Your code here: about 5 lines.
