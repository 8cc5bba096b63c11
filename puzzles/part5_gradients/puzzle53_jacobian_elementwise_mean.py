"""
# Puzzle 53 · Jacobian of elementwise_mean

From here on a function may have two inputs. Then it has two Jacobians: one for each input, made
while the other is held still. The first of them is a zip, the mean of two vectors, element by
element.

    f(x, y)[i] = (x[i] + y[i]) / 2

    x  1  4        y  5  0        f(x, y)  3  2

What are the Jacobians of `f`?

- **Arguments**: `x` and `y` are float64 arrays with one dimension and n elements each, at least
  one.
- **Returns** `(J_x, J_y)`, two n × n arrays of floats: in `J_x` stands ∂f(x, y)[i] / ∂x[j], in
  `J_y` stands ∂f(x, y)[i] / ∂y[j]. There is a row for each output, a column for each input.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    pass  # Your code here: about 2 lines.
