"""Adds up over the outputs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    return np.eye(len(x)).sum(0) / 2, np.eye(len(y)).sum(0) / 2
