"""Summed over the outputs, as a backward rule would do."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat")
def jacobian_repeat(x, n):
    return np.full((1, 1), float(n))
