"""Puts both into one wide matrix."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    each = np.eye(len(x)) / 2
    return np.hstack([each, each])
