"""
# Puzzle 66 · Prod rule

## Walkthrough

**The derivative by one factor is the product of all others.** That is right with any number of
zeros, if you can form it without dividing.

**The others are those before and those after.** `np.cumprod` multiplies from the left and keeps
what it has on the way: a, ab, abc. Put a 1 in front and leave the last one out: 1, a, ab. These are
the products of what stands before each place. The same on the reversed row, reversed again, gives
the products of what comes after. Their product is what is wanted, for 3 factors: bc, ac, ab.

**How much work is it?** Two running products and one multiplication for each element. To multiply
the others anew for each element takes as many multiplications as the row is long, for each of
them. It is right, too, and for short rows nobody minds.

**Why not divide and mend the zeros?** With one zero, out / a is 0 / 0 at that place and 0 at the
others. One can count the zeros of each row and treat three cases. Even then a division makes small
errors, and products of small numbers may end at 0 without any factor being 0.

**The gradient of a product was 0 all over?** Two zeros in a row do that. It is no mistake: one
factor alone cannot change the product then.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("prod_rule")
def prod_backward(d, a):
    ones = np.ones((*a.shape[:-1], 1))
    before = np.concatenate([ones, a[..., :-1]], -1).cumprod(-1)
    after = np.concatenate([ones, a[..., :0:-1]], -1).cumprod(-1)[..., ::-1]
    return before * after * d[..., None]
