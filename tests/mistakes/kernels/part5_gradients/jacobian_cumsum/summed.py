"""Summed over the outputs, as a backward rule would do."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    return np.arange(len(x), 0.0, -1)
