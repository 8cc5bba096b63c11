"""A gradient, not a Jacobian: there is no row for each output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return np.where(x > 0, 1.0, 0.0)
