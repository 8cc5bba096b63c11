"""A relu that rises at 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return np.diag(np.where(x >= 0, 1.0, 0.0))
