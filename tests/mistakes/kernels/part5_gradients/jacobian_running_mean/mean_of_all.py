"""The Jacobian of the mean of all elements, once for each output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    return np.full((len(x), len(x)), 1 / len(x))
