"""The function's own work on the columns of the identity."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    return np.cumsum(np.eye(len(x)), 0)
