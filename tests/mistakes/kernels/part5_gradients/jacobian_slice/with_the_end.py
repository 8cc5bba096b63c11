"""The element at stop is taken too."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    return np.eye(len(x))[start : stop + 1]
