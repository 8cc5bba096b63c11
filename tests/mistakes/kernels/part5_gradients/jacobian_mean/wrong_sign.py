"""The mean does not fall when an element grows."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return np.full((1, len(x)), -1 / len(x))
