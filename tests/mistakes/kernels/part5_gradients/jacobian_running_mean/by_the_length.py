"""Divides every row by the length of x."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    return np.tri(len(x)) / len(x)
