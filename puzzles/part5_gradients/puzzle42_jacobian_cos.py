"""
# Puzzle 42 · Jacobian of cos

Take the cosine of each element:

    f(x)[i] = cos(x[i])

The Jacobian has a row for each output and a column for each input: `J[i, j]` says how fast f(x)[i]
changes when x[j] moves and all other elements stay. Unlike in puzzle 41, the answer depends on
where you stand: at the top of the curve the cosine hardly changes, on its slopes it does.

- **Arguments**: `x` is a float64 array with one dimension and at least one element, in radians.
- **Returns** the Jacobian, an array of floats of shape (n, n), where n is `len(x)`.
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_cos")
def jacobian_cos(x):
    pass  # Your code here: about 1 line.
