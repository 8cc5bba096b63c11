"""The right shape, with a slice that starts at 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    return np.eye(stop - start, len(x))
