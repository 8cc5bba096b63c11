"""The constant off the diagonal too."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    return np.full((len(x), len(x)), c)
