"""As if there were an input for each copy."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    return np.eye(n)
