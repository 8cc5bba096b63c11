"""Counts for each element how many are smaller."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_sort")
def jacobian_sort(x):
    n = len(x)
    out = np.zeros((n, n))
    for j in range(n):
        out[sum(x[k] < x[j] for k in range(n)), j] = 1
    return out
