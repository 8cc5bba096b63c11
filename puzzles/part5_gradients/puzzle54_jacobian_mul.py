"""
# Puzzle 54 · Jacobian of mul

Of the mean, the Jacobians were the same wherever one stood. Here they depend on the place: how much
a product grows with one factor depends on the other factor.

    f(x, y)[i] = x[i] · y[i]

    x  2  3        y  5  4        f(x, y)  10  12

What are the Jacobians of `f`, at the given `x` and `y`?

- **Arguments**: `x` and `y` are float64 arrays with one dimension and n elements each, at least
  one.
- **Returns** `(J_x, J_y)`, two n × n arrays of floats: in `J_x` stands ∂f(x, y)[i] / ∂x[j], in
  `J_y` stands ∂f(x, y)[i] / ∂y[j]. There is a row for each output, a column for each input.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    pass  # Your code here: about 1 line.
