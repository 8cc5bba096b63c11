"""How f changes with the constant, which does not move."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    return np.diag(x)
