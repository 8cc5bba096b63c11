"""Lets each output depend on every row."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    rows, cols = x.shape
    return np.full((rows, rows, cols), 1 / cols)
