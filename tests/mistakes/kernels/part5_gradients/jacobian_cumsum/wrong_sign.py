"""The sums do not fall when an element grows."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    return -np.tri(len(x))
