"""
# Puzzle 59 · Jacobian of matmul

The product of two matrices: rows of `x` meet columns of `y`.

    f(x, y)[i, j] = x[i, 0] · y[0, j] + x[i, 1] · y[1, j] + … + x[i, k − 1] · y[k − 1, j]

    x  1  2        y  5  6        f(x, y)  19  22
       3  4           7  8                 43  50

What are the Jacobians of `f`? Element (i, j, a, b) of the first is the derivative of output (i, j)
by x[a, b], and of the second by y[a, b].

- **Arguments**: `x` is a float64 array with n rows and k columns, `y` one with k rows and m
  columns. All sizes are at least 1.
- **Returns** `(J_x, J_y)`, arrays of floats of the shapes n × m × n × k and n × m × k × m.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    pass  # Your code here: about 3 lines.
