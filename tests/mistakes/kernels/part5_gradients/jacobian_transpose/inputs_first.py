"""The axes of the input stand before those of the output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    return np.eye(x.size).reshape(*x.shape, *x.shape).swapaxes(2, 3)
