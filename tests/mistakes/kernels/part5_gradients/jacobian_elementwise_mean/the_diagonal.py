"""Only the diagonals of both."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    return np.full(len(x), 0.5), np.full(len(x), 0.5)
