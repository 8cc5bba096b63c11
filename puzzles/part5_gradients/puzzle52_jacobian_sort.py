"""
# Puzzle 52 · Jacobian of sort

Does sorting have a derivative? It compares and moves, and seems to have no formula. But as long as
no two elements are equal, their order stays the same when each of them moves a little. So each
output follows one input.

    f(x)[i] = the element of x that is larger than exactly i others

    x  7  9  4        f(x)  4  7  9

What is the Jacobian of `f`, the table of all ∂f(x)[i] / ∂x[j]?

- **Arguments**: `x` is a float64 array with one dimension and n elements, at least one. No two of
  them are equal.
- **Returns** the Jacobian, an n × n array of floats: a row for each output, a column for each
  input.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_sort")
def jacobian_sort(x):
    pass  # Your code here: about 1 line.
