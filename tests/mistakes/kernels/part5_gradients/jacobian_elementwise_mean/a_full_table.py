"""Lets every output depend on every element."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    each = np.full((len(x), len(x)), 0.5)
    return each, each
