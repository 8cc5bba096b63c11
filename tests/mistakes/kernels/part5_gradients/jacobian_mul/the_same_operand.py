"""Mixes up the operands: by x, the derivative is y."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return np.diag(x), np.diag(y)
