"""
# Puzzle 58 · Jacobian of mean_rows

## Walkthrough

**One output at a time.** The derivatives of output i by all of x make a matrix of the shape of x.
In row i each element counts 1/c, and all other rows are 0. For two rows of three:

    output 0    1/3  1/3  1/3        output 1     0    0    0
                 0    0    0                     1/3  1/3  1/3

**Which row, and which column?** The condition a = i is an identity matrix, of shape r × r. The
column does not matter: along the third dimension the number is repeated. Broadcasting does that,
once the identity has a third dimension of size 1.

**The traps.** The mean is one of c numbers: not of r, and not of all r · c. A test with a square x
can't tell c from r. And the condition must not be forgotten: without it, each output depends on
every row.

**Check it by eye.** For each output, all numbers together add up to 1.

**Read it by inputs.** Each input has a single output that depends on it, with the factor 1/c. So
the gradient of a mean is d, copied along the dimension that was reduced, and divided by its length.
That is the rule of puzzle 64.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    rows, cols = x.shape
    return np.eye(rows)[:, :, None] * np.full(cols, 1 / cols)
