"""The function itself where its derivative belongs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cos")
def jacobian_cos(x):
    return np.diag(np.cos(x))
