"""Rows of the identity with one row, repeated."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    return np.tile(np.eye(len(x)), (n, 1))
