"""
# Puzzle 55 · Jacobian of conv1d

A small vector `w` slides along `x`. At each place it is multiplied with the elements that lie below
it, and the products are added up. It never reaches over an end: with k elements in `w`, the result
has n − k + 1 elements.

    f(x, w)[i] = w[0] · x[i] + w[1] · x[i + 1] + … + w[k − 1] · x[i + k − 1]

    x  3  1  2  5        w  10  1        f(x, w)  31  12  25

What are the Jacobians of `f`?

- **Arguments**: `x` and `w` are float64 arrays with one dimension. `x` has n elements, `w` has k,
  and n ≥ k ≥ 1.
- **Returns** `(J_x, J_w)`, arrays of floats: (n − k + 1) × n with ∂f(x, w)[i] / ∂x[j], and
  (n − k + 1) × k with ∂f(x, w)[i] / ∂w[j].
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    pass  # Your code here: about 3 lines.
