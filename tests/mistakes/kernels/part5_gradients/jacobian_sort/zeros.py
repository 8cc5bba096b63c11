"""Thinks that sorting has no derivative."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_sort")
def jacobian_sort(x):
    return np.zeros((len(x), len(x)))
