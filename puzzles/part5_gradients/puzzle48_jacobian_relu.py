"""
# Puzzle 48 · Jacobian of relu

Keep what is above 0, and replace the rest by 0:

    f(x)[i] = x[i]  where x[i] > 0
    f(x)[i] = 0     elsewhere

The Jacobian has a row for each output and a column for each input: `J[i, j]` says how fast f(x)[i]
changes when x[j] moves and all other elements stay. At 0 the function has a corner, and no
derivative: there, let it count as 0.

- **Arguments**: `x` is a float64 array with one dimension and at least one element. Zeros occur.
- **Returns** the Jacobian, an array of floats of shape (n, n), where n is `len(x)`.
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_relu")
def jacobian_relu(x):
    pass  # Your code here: about 1 line.
