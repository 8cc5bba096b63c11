"""
# Puzzle 52 · Jacobian of sort

## Walkthrough

**Which input does an output follow?** For x = 7, 9, 4 output 0 is the 4, which stands at x[2]. Let
x[2] grow by a little, and output 0 grows by as much; nothing else changes. So row 0 has a single 1,
in column 2. Output 1 comes from x[0], output 2 from x[1]:

    0  0  1
    1  0  0
    0  1  0

**NumPy has the list of these columns**: `np.argsort(x)` is 2, 0, 1. Row i of the Jacobian is row
`argsort(x)[i]` of an identity matrix, and an array may be indexed with a list of rows.

**The way there and the way back.** `argsort` of `argsort` is another list, 1, 2, 0: to which place
each *input* goes. Put into rows, it gives the transposed matrix, with inputs before outputs. For
two elements both are the same, and for most orders of three as well, so try 7, 9, 4.

**Check it by eye.** One 1 in each row and in each column: a permutation matrix. Times x, it is the
sorted x.

**At a tie** two elements are about to change places, and there is a corner as in `relu`. That is
why the puzzle leaves ties out.

**Take with you**: what only moves elements has a Jacobian of zeros and ones, even when the values
decide where they go.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_sort")
def jacobian_sort(x):
    return np.eye(len(x))[np.argsort(x)]
