"""The right permutation, with both sides flat."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    return np.eye(x.size).reshape(*x.shape, x.size).swapaxes(0, 1).reshape(x.size, x.size)
