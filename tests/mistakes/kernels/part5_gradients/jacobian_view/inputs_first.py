"""The axes of the input stand before those of the output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    return np.eye(x.size).reshape(*x.shape, *shape)
