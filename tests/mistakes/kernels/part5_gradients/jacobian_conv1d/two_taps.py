"""Thinks that w has two elements."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    n = len(x)
    of_x = w[0] * np.eye(n - 1, n) + w[1] * np.eye(n - 1, n, 1)
    return of_x, np.stack([x[:-1], x[1:]], axis=1)
