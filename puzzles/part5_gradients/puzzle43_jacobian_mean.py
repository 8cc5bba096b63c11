"""
# Puzzle 43 · Jacobian of mean

Average all elements:

    f(x)[0] = (x[0] + x[1] + … + x[n − 1]) / n

This f turns a vector into a single number: an array with one element. The Jacobian keeps its rule,
outputs before inputs: `J[0, j]` says how fast the mean changes when x[j] moves and all other
elements stay.

- **Arguments**: `x` is a float64 array with one dimension and n elements, at least one.
- **Returns** the Jacobian, an array of floats with a row for each output and a column for each
  input. There is one output.
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_mean")
def jacobian_mean(x):
    pass  # Your code here: about 1 line.
