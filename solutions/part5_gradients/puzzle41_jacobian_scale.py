"""
# Puzzle 41 · Jacobian of scale

## Walkthrough

**One column at a time.** Let x[0] grow by 1 and hold the others still. Then f(x)[0] grows by c,
and no other output moves: the first column is c, 0, 0, … In the second column the c is one place
lower. So c stands on the diagonal.

**Rows are outputs.** For this f the order does not matter, since the matrix is the same when it is
transposed. In puzzle 43 it begins to.

**Why does `x` not occur?** Only its length does. Stretching by c is as fast at 100 as it is at 0,
so the derivatives are constants. That is so for every f that only multiplies by constants and
adds.

**Take with you**: n outputs and n inputs have n² derivatives, and for a map n² − n of them are 0.
The backward rule of this f is `c * d`, and no library ever makes this matrix. We write it down to
see what a rule leaves out: `d @ J` is the same n numbers.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    return c * np.eye(len(x))
