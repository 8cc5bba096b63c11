"""Writes a 1 into each row."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_sort")
def jacobian_sort(x):
    n = len(x)
    out = np.zeros((n, n), np.float32)
    out[np.arange(n), x.argsort()] = 1
    return out
