"""
# Puzzle 28 · Broadcast shape

In puzzle 8 a column and a row made a table. Here is the rule for any two tensors, as NumPy and
PyTorch have it. Their shapes are written one below the other, so that the *last* sizes meet. Where
one shape has nothing, or a 1, that tensor is stretched to the size of the other. Where two sizes
differ and neither is 1, the tensors do not fit together.

          4  1          2  3            3  1          2  3
             3             3            1  0             2
    ----------      --------        --------      --------
          4  3          2  3            3  0        error

Which shape do two shapes broadcast to?

- **Arguments**: `shape_a` and `shape_b` are tuples of ints, 0 to 4 of them each. Sizes may be 0.
- **Returns** the shape of the result: a tuple, or any other sequence of ints.
- **Raises** a `ValueError` if the two do not fit together.
"""

from minigrad.workbook import puzzle


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    # Your code here: about 9 lines.
    pass
