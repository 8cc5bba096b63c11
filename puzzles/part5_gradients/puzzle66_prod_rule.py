"""
# Puzzle 66 · Prod rule

A product changes with one of its factors as much as the product of all the others says. It is
tempting to divide the whole product by the factor. With a factor 0 there is nothing left to divide.

Write the backward rule of `out = a.prod(-1)`, the product of each row: along the last dimension,
which is dropped. `out` has one element for each row of `a`, and so has `d`.

A row may have zeros. With one of them, only its own gradient is not 0. With two of them, all are.

- **Arguments**: `a` is a float64 array with at least one dimension; its last dimension has at least
  one element. `d` is a float64 array of shape `a.shape[:-1]`: for an `a` with one dimension it has
  none, and holds a single number.
- **Returns** `grad_a`, an array of the shape of `a`.
"""

from minigrad.workbook import puzzle


@puzzle("prod_rule")
def prod_backward(d, a):
    pass  # Your code here: about 4 lines.
