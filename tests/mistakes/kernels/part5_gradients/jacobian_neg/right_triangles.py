"""A triangle without its diagonal, less the triangle with it."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_neg")
def jacobian_neg(x):
    return np.tri(len(x), k=-1) - np.tri(len(x))
