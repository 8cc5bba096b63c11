"""As if the copies shared the one that they are made of."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    return np.full((n, 1), 1 / n)
