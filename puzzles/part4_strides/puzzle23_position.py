"""
# Puzzle 23 · Position

A tensor is two things: a *storage*, which is one long row of numbers, and a way to read it. The
way is told by the *shape*, how many elements there are along each dimension, and by the *strides*,
how far apart in the storage neighbours along that dimension are. With other strides, the same
numbers make another tensor:

    storage    0  1  2  3  4  5

    shape (2, 3)      0  1  2        shape (3, 2)      0  3
    strides (3, 1)    3  4  5        strides (1, 3)    1  4
                                                       2  5

Where in the storage is the element at a given index?

- **Arguments**: `index` and `strides` are tuples of ints, equally long: 0 to 4 entries. Strides
  are counted in elements; they may be 0, and are never negative.
- **Returns** an int: how far from the first element, the one whose index is all zeros.
- **Stars**: this is no kernel but a plain function, run by Python. It gets two stars when it is
  right and leaves its arguments alone. Nothing is counted, so the third comes with them.
"""

from minigrad.workbook import puzzle


@puzzle("position")
def position(index, strides):
    # Your code here: about 1 line.
    pass
