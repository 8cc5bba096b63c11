"""The chain rule: a diagonal matrix times a column of ones."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return np.diag(np.arange(1.0, n + 1)) @ np.ones((n, 1))
