"""
# Puzzle 27 · Views

A *view* shows elements of a storage in another shape or order. No element moves: a view is just
another shape, other strides, and a *start*, the place of its first element, counted from that of
the tensor it is taken from. Write four functions that make views of a tensor `x`.

- `transpose`: all dimensions in reverse order. Of a table, rows become columns.
- `take_row`: `x[row]`, so one dimension less.
- `every_other`: `x[::2]`, elements 0, 2, 4, … along the first dimension.
- `flatten_or_fail`: all elements, counted row by row, along a single dimension. There is not
  always a stride that does it: then raise a `ValueError`.

The rules for all of them:

- **Arguments**: `shape` and `strides` are tuples of ints, equally long: 0 to 4 entries. Sizes and
  strides may be 0. Strides are never negative. For `take_row` and `every_other` there is a first
  dimension, and `x` has the row `row`, an int.
- **Returns** `(shape, strides, start)`. A stride along which nobody can step may be any int, and
  so may strides and start of a view without elements.
- **Verdict**: each function gets its own mark, so take them one by one.
"""

from minigrad.workbook import puzzle


@puzzle("views")
def transpose(shape, strides):
    pass  # Your code here: about 1 line.


@puzzle("views")
def take_row(shape, strides, row):
    pass  # Your code here: about 1 line.


@puzzle("views")
def every_other(shape, strides):
    pass  # Your code here: about 2 lines.


@puzzle("views")
def flatten_or_fail(shape, strides):
    pass  # Your code here: about 7 lines.
