"""The right shape with the ones of a view."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    return np.eye(x.size).reshape(*x.T.shape, *x.shape)
