"""A table of all products of one with the other."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return np.outer(x, y), np.outer(y, x)
