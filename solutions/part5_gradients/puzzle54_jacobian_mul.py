"""
# Puzzle 54 · Jacobian of mul

## Walkthrough

**Hold y still.** With y = 5, 4 the function multiplies the first element of x by 5 and the second
by 4. The derivative of 5 · x is 5. So J_x has y on its diagonal, and it is a zip: all else is 0.

    J_x   5  0      J_y   2  0
          0  4            0  3

**Hold x still**, and J_y has x on its diagonal. `np.diag` makes the matrix of a vector.

**The other operand.** The derivative by x is y, and that by y is x. To mix them up is the most
common mistake in a backward rule, and one that a test with x = y does not show.

**What a tape has to keep.** The Jacobian of the mean needs no values. This one does: whoever wants
to go backwards through a product must have saved both factors on the way forwards. That is what
`save_for_backward` is for.

**Zeros are no exception.** Where y[i] is 0, moving x[i] does nothing, and J_x has a 0 there. To
divide the product by x[i] would give the same number elsewhere, and nan where x[i] is 0.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return np.diag(y), np.diag(x)
