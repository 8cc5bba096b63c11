"""The permutation, not the matrix that does it."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_sort")
def jacobian_sort(x):
    return np.argsort(x)
