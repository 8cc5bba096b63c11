"""Multiplies by the operands, as in a product."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    return np.diag(x) / 2, np.diag(y) / 2
