"""Divides by the number of rows."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    rows, cols = x.shape
    return np.eye(rows)[:, :, None] * np.full(cols, 1 / rows)
