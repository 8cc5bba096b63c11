"""The Jacobian of a function that returns x."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    return np.eye(x.size).reshape(*x.shape, *x.shape)
