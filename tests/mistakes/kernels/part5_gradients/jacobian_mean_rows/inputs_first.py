"""The axes of the input stand before that of the output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    rows, cols = x.shape
    return np.moveaxis(np.eye(rows)[:, :, None] * np.full(cols, 1 / cols), 0, -1)
