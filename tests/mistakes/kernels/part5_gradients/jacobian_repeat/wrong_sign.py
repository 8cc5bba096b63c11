"""The copies do not fall when the number grows."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    return -np.ones((n, 1))
