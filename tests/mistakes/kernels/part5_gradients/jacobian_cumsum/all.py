"""Every output is the sum of everything."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    return np.ones((len(x), len(x)))
