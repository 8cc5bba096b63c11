"""Folds the inputs and leaves the outputs in a row."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    return np.eye(x.size).reshape(x.size, *x.shape)
