"""
# Puzzle 44 · Jacobian of product

## Walkthrough

**What?** Hold all elements still but x[j]. The product is x[j] times a number, and that number,
the product of all *others*, is the derivative.

**Why not divide?** The product of the others is the whole product divided by x[j], unless x[j] is
0: then it is 0 / 0, and NumPy answers nan. Yet the derivative is there. Of 3 · 0 · 2, the middle
element has derivative 6: move it from 0 to 1, and the product goes from 0 to 6. With two zeros in
`x`, each derivative has at least one of them as a factor, so all are 0.

**How to leave one out.** Put a 1 in its place. Row j of `np.where(np.eye(len(x)), 1, x)` is `x`
with a 1 at place j: the identity says where, since 1 counts as True and 0 as False. `prod(1)`
multiplies along each row. `[None]` adds the dimension for the single output, in front.

**Take with you**: this takes n² multiplications. Products of all elements before j and of all
after j, which are two scans, take 3n. You meet the question again in puzzle 66.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_product")
def jacobian_product(x):
    return np.where(np.eye(len(x)), 1, x).prod(1)[None]
