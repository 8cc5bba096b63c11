"""
# Puzzle 26 · Offset

From the number of an element straight to its place in the storage: puzzle 25, then puzzle 23. But
a kernel will do this for every element, and a thread of a GPU has no tuples and no room for lists.
So do both in one loop: as soon as you know an entry of the index, use it up. Keep a few ints, and
store nothing.

    shape (2, 3)      0  1  2        shape (3, 2)      0  3       element 1, counted row by row,
    strides (3, 1)    3  4  5        strides (1, 3)    1  4       lies at 1 in the one tensor
                                                       2  5       and at 3 in the other

Where does element `k` lie?

- **Arguments**: `k` is an int: there is an element `k`, counted row by row from 0. `shape` and
  `strides` are int64 arrays with one axis, equally long: 0 to 4 entries. All sizes are at least 1.
  Strides are counted in elements; they may be 0, and are never negative.
- **Returns** an int: how far from the tensor's first element.
- **Compiles**: numba has to accept it, so write loops over numbers: no tuples of varying length,
  no generators. You don't need a decorator; the check compiles the function with `njit` itself.
"""

from minigrad.workbook import puzzle


@puzzle("offset")
def offset(k, shape, strides):
    # Your code here: about 5 lines.
    pass
