"""Rows for elements that are in no output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    jacobian = np.zeros((len(x), len(x)))
    for i in range(start, stop):
        jacobian[i, i] = 1
    return jacobian
