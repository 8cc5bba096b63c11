"""
# Puzzle 50 · Jacobian of cumsum

Sum up to each element, itself included:

    f(x)[i] = x[0] + x[1] + … + x[i]

For `x` = [3, 1, 4] that is [3, 4, 8]. The Jacobian has a row for each output and a column for each
input: `J[i, j]` says how fast f(x)[i] changes when x[j] moves and all other elements stay.

- **Arguments**: `x` is a float64 array with one dimension and at least one element.
- **Returns** the Jacobian, an array of floats of shape (n, n), where n is `len(x)`.
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    pass  # Your code here: about 1 line.
