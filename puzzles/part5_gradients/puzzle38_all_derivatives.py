"""
# Puzzle 38 · All derivatives

A function from two numbers to two numbers:

    G(x1, x2) = (x1, x1 · x2)

How many derivatives does it have? Count before you read on, and return them all.

- **Arguments**: `x1` and `x2` are floats.
- **Returns** the derivatives at this point, in a table with a row for each output and a column for
  each input: a list of lists, or an array of floats.
"""

from minigrad.workbook import puzzle


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    pass  # Your code here: about 1 line.
