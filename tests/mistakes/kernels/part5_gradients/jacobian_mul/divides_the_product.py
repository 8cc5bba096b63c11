"""Divides the result by the operand, which may be 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    with np.errstate(all="ignore"):
        return np.diag(x * y / x), np.diag(x * y / y)
