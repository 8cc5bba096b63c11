"""Three cases: no zero, one, more."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_product")
def jacobian_product(x):
    zeros = (x == 0).sum()
    if zeros == 0:
        return (x.prod() / x)[None]
    if zeros == 1:
        return np.where(x == 0, x[x != 0].prod(), 0.0)[None]
    return np.zeros((1, len(x)))
