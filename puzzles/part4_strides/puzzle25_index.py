"""
# Puzzle 25 · Index

A kernel's thread knows its number and nothing else. To work on a tensor it has to turn this number
into an index: element 0, 1, 2, … of a tensor, counted row by row, whatever its strides.

    shape (2, 3)     element  0  1  2        element 5 is at index (1, 2)
                              3  4  5

What is the index of element `k`?

- **Arguments**: `k` is an int. `shape` is a tuple of ints, 0 to 4 of them, all at least 1. There
  is an element `k`: it is at least 0, and less than the number of elements.
- **Returns** the index, one entry for each dimension: a tuple, or any other sequence of ints. A
  tensor without dimensions has one element, number 0, and its index is ().
"""

from minigrad.workbook import puzzle


@puzzle("index")
def index(k, shape):
    # Your code here: about 5 lines.
    pass
