"""Divides by the length of x instead of by two."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    each = np.eye(len(x)) / len(x)
    return each, each
