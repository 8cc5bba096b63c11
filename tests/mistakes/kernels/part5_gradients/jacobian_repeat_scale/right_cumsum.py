"""Ones that are summed up, one more in each row."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return np.cumsum(np.ones((n, 1)), axis=0)
