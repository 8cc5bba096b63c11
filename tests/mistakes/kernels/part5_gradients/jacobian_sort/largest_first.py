"""Sorts from the largest to the smallest."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_sort")
def jacobian_sort(x):
    return np.eye(len(x))[np.argsort(-x)]
