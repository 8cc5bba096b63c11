"""Each sum lacks its last element."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    return np.tri(len(x), k=-1)
