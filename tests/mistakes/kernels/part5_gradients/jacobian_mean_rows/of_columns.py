"""The mean of each column."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    rows, cols = x.shape
    return np.eye(cols)[:, None, :] * np.full((rows, 1), 1 / rows)
