"""
# Puzzle 47 · Jacobian of neg

## Walkthrough

**What?** If x[j] grows by 1, output j falls by 1 and no other moves. So there is −1 on the
diagonal, and 0 beside it. It is puzzle 41 with c = −1.

**Is `J @ x` really f(x)?** Row i of the matrix has its −1 in column i, so the sum of its products
with `x` is −x[i]. You have met more that are linear: scale, mean, repeat and repeat_scale. The
cosine and the product are not: their Jacobians depend on `x`, and are right only close to it.

**A zero with a sign.** `-np.eye(3)` shows `-0.` off the diagonal, since a float has a sign even
where it is 0. The two zeros are equal, and no sum can tell them apart, so nothing is wrong with
it.

**Backwards**, `d @ J` is `-d`: going up became going down, and a gradient turns round in the same
way.
"""

import numpy as np

from minigrad.workbook import puzzle


@puzzle("jacobian_neg")
def jacobian_neg(x):
    return -np.eye(len(x))
