"""
# Puzzle 44 · Jacobian of product

Multiply all elements:

    f(x)[0] = x[0] · x[1] · … · x[n − 1]

Again there is one output, so the Jacobian has one row. `J[0, j]` says how fast the product changes
when x[j] moves and all other elements stay.

Some elements of `x` may be 0: one, several or all. The product is 0 then, but it may still change
when one of them moves.

- **Arguments**: `x` is a float64 array with one dimension and n elements, at least one.
- **Returns** the Jacobian, an array of floats of shape (1, n).
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_product")
def jacobian_product(x):
    pass  # Your code here: about 1 line.
