"""
# Puzzle 57 · Jacobian of transpose

## Walkthrough

**Say it in words.** Output (i, j) is x[j, i]. So its derivative by x[a, b] is 1 where a = j and
b = i, and 0 everywhere else.

**Begin with doing nothing.** A function that returns x has the Jacobian of shape r × c × r × c with
a 1 where (i, j) = (a, b): an identity matrix, with both sides folded to r × c. Transposing is the
same with the two dimensions *of the output* exchanged. So exchange these, and leave the input
alone.

For 1 × 2, doing nothing gives shape 1 × 2 × 1 × 2, and exchanging the first two dimensions gives
2 × 1 × 1 × 2. With so few elements it is the same as the view of puzzle 56; from 2 × 2 on it is
not.

**Two traps.** Reshaping the identity to c × r × r × c gives the right shape with the ones in wrong
places: that is a view. And exchanging *all* dimensions, as `.T` does, turns the inputs round as
well, and puts them in front: with shape c × r × c × r, that is doing nothing once more.

**Another way** is to say it to `einsum`: the product of two identity matrices, one that ties i to b
and one that ties j to a.

**Take with you**: what moves elements has one 1 for each output. Its gradient moves them back, and
here that is transposing once more.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    return np.eye(x.size).reshape(*x.shape, *x.shape).swapaxes(0, 1)
