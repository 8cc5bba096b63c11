"""The mean of both slopes at 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return np.diag((np.sign(x) + 1) / 2)
