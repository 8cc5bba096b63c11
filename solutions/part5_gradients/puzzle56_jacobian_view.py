"""
# Puzzle 56 · Jacobian of view

## Walkthrough

**Number the elements**, row by row, of x and of the result. A view does not change these numbers:
output 3 is input 3. So in a table with a row for each output and a column for each input, the ones
are on the diagonal. It is the identity matrix.

**Now fold both sides.** The rows of this matrix belong to outputs: fold that dimension into
`shape`. The columns belong to inputs: fold that dimension into the shape of x. One `reshape` does
both, since it too goes row by row, and what belongs to one side stays together.

For a 1 × 2 matrix as 2 × 1, the four numbers 1 0 0 1 get the shape 2 × 1 × 1 × 2. No number moves,
and yet the answers to "which output?" and "which input?" are different indices.

**Which dimensions first?** Outputs. If x has the shape (2, 3) and the result (3, 2), then a
Jacobian of shape 2 × 3 × 3 × 2 answers the wrong question, although it holds the same numbers in
the same order.

**Take with you**: fold both sides flat, and every Jacobian is a matrix again. A view is the
operation that does nothing, and its gradient is just the view back.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    return np.eye(x.size).reshape(*shape, *x.shape)
