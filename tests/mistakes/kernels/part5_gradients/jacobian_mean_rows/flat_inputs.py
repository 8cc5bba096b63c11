"""A matrix, with the inputs in a row."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    rows, cols = x.shape
    return np.kron(np.eye(rows), np.full(cols, 1 / cols))
