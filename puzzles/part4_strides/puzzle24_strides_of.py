"""
# Puzzle 24 · Strides of

A new tensor lies in its storage *row by row*: the last index changes fastest, as on a page that is
read line by line. Of such a tensor the shape says everything, its strides too.

    shape (2, 3)         0  1  2         the next column is 1 element away,
    strides (3, 1)       3  4  5         the next row is 3 away

Which strides does a shape have, when the tensor lies row by row?

- **Arguments**: `shape` is a tuple of ints, 0 to 4 of them.
- **Returns** the strides, one for each size: a tuple, or any other sequence of ints.
- **Sizes** may be 1, and a dimension of size 1 gets a stride like any other. They may be 0: then
  there is no element to go to, and any strides will do, as long as there are as many as sizes.
"""

from minigrad.workbook import puzzle


@puzzle("strides_of")
def strides_of(shape):
    # Your code here: about 5 lines.
    pass
