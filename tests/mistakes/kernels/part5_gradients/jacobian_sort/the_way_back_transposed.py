"""The inverse permutation, and then its transposed matrix."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_sort")
def jacobian_sort(x):
    return np.eye(len(x))[np.argsort(np.argsort(x))].T
