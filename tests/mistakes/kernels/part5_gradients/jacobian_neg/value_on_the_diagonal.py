"""The function itself where its derivative belongs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_neg")
def jacobian_neg(x):
    return np.diag(-x)
