"""Fills the lower triangle, one number after another."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    n = len(x)
    out = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            out[i, j] = 1 / (i + 1)
    return out
