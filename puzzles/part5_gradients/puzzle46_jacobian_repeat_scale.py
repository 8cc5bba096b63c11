"""
# Puzzle 46 · Jacobian of repeat_scale

Repeat one number n times, and multiply each copy by its own factor, 1, 2, 3 and so on:

    f(x)[i] = (i + 1) · x[0],  for i = 0, 1, …, n − 1

The Jacobian has a row for each output and a column for each input: `J[i, 0]` says how fast f(x)[i]
changes when x[0] moves.

- **Arguments**: `x` is a float64 array with a single element, so its shape is (1,). `n`, an int of
  at least 1, is the number of outputs.
- **Returns** the Jacobian, an array of floats of shape (n, 1).
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    pass  # Your code here: about 1 line.
