"""The constant is missing."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    return np.eye(len(x))
