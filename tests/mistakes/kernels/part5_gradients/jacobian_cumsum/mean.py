"""The Jacobian of a running mean."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    return np.tri(len(x)) / np.arange(1, len(x) + 1)[:, None]
