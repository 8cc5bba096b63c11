"""The Jacobians of the sum, which nobody halved."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    return np.eye(len(x)), np.eye(len(x))
