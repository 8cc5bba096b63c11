"""Divides by the number of steps between elements."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return np.full((1, len(x)), 1 / max(1, len(x) - 1))
