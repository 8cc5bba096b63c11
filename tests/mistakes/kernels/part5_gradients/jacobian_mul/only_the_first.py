"""Forgets that y is an input too."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return np.diag(y)
