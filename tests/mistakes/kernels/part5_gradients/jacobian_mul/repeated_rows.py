"""Lets every output depend on every element."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return np.tile(y, (len(x), 1)), np.tile(x, (len(x), 1))
