"""The cosine falls where the sine is positive."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cos")
def jacobian_cos(x):
    return np.diag(np.sin(x))
