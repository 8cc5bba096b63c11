"""The Jacobian of a sum: nothing is divided."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return np.ones((1, len(x)))
