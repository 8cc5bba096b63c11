"""
# Puzzle 65 · Max rule

The largest element of a row is the only one that the result depends on: change another one a
little, and nothing happens. So all of the gradient goes to one place.

Write the backward rule of `out = a.max(-1)`, the maximum of each row: along the last dimension,
which is dropped. `out` has one element for each row of `a`, and so has `d`.

Where several elements of a row are the largest, the *first* of them gets the gradient, as in
PyTorch. In a row 2, 7, 7 that is the 7 in the middle.

- **Arguments**: `a` is a float64 array with at least one dimension; its last dimension has at least
  one element. `d` is a float64 array of shape `a.shape[:-1]`: for an `a` with one dimension it has
  none, and holds a single number.
- **Returns** `grad_a`, an array of the shape of `a`.
"""

from minigrad.workbook import puzzle


@puzzle("max_rule")
def max_backward(d, a):
    pass  # Your code here: about 2 lines.
