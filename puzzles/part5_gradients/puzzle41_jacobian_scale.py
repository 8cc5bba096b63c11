"""
# Puzzle 41 · Jacobian of scale

A function from a vector to a vector has many derivatives: one for each output and each input. In a
table with a row for each output and a column for each input they are its *Jacobian*:

    J[i, j] = how fast f(x)[i] changes when x[j] moves and all other elements stay

Here, and in the puzzles up to 60, write the Jacobian of one f. The first multiplies by a constant:

    f(x)[i] = c · x[i]

- **Arguments**: `x` is a float64 array with one dimension and at least one element. `c`, a float,
  is a constant: nobody asks what happens when it moves.
- **Returns** the Jacobian, an array of floats of shape (n, n), where n is `len(x)`.
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    pass  # Your code here: about 1 line.
