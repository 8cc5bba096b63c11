"""Writes one row for each output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    rows, cols = x.shape
    out = np.zeros((rows, rows, cols))
    for i in range(rows):
        out[i, i] = 1 / cols
    return out
