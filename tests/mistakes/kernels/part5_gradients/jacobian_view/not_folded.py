"""The right matrix, with both sides still flat."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    return np.eye(x.size)
