"""Knows the way from a vector to a matrix and no other."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    (n,) = x.shape
    rows, cols = shape
    return np.eye(n).reshape(rows, cols, n)
