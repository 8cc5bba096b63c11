"""
# Puzzle 45 · Jacobian of repeat

Repeat one number n times:

    f(x)[i] = x[0],  for i = 0, 1, …, n − 1

After a vector that became one number, here is one number that becomes a vector. The Jacobian has a
row for each output and a column for each input, as always: `J[i, 0]` says how fast f(x)[i] changes
when x[0] moves.

- **Arguments**: `x` is a float64 array with a single element, so its shape is (1,). `n`, an int of
  at least 1, is the number of copies.
- **Returns** the Jacobian, an array of floats with a row for each output and a column for each
  input. There is one input.
"""

from minigrad.workbook import puzzle


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    pass  # Your code here: about 1 line.
