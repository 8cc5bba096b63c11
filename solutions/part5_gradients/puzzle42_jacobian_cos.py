"""
# Puzzle 42 · Jacobian of cos

## Walkthrough

**Where?** Output i is made from x[i] alone, so everything off the diagonal is 0: that is what
makes it a map.

**What?** On the diagonal stands the derivative of the cosine at x[i], which is −sin(x[i]). Each
place has a number of its own. The sign is easily checked at a point that you know: a little above
0 the cosine falls from 1, and the sine is positive there, so the minus is right.

**`np.diag` goes both ways.** It makes a matrix of an array with one dimension; of a matrix it
returns the diagonal.

**Why is the diagonal alone not enough?** Because it is an answer to another question. Those n
numbers say how each output depends on its own input; the matrix also says that it depends on no
other one. Puzzle 61 builds on that: once you know that a Jacobian is diagonal, you can drop the
zeros and multiply n numbers by n numbers, which gives `-np.sin(x) * d`.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_cos")
def jacobian_cos(x):
    return np.diag(-np.sin(x))
