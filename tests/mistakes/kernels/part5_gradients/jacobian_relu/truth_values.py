"""Truth values, which are no floats."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return np.diag(x > 0)
