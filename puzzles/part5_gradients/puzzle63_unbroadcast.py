"""
# Puzzle 63 · Unbroadcast

When a small tensor meets a large one, it is *broadcast*: copied along new dimensions in front, and
along dimensions where its size is 1. Each copy of an element is used, so each sends a gradient
back, and the element gets the sum of them all.

`d` is the gradient of the large tensor. Write a function that returns the gradient of the small
one, which has the shape `shape`.

A column of shape (2, 1), say, stretched to (2, 3), gets two sums of three.

- **Arguments**: `d` is a float64 array of any rank, and may have no elements. `shape` is a tuple of
  ints that broadcasts to `d.shape`: lined up from the right, each size is the same as in
  `d.shape`, or 1. It may be shorter.
- **Returns** the gradient, an array of the shape `shape`.
"""

from minigrad.workbook import puzzle


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    pass  # Your code here: about 3 lines.
