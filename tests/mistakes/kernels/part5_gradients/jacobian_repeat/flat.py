"""The right numbers without the column for the input."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    return np.ones(n)
