"""Summed over the outputs, as a backward rule would do."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    gradient = np.zeros(len(x))
    gradient[start:stop] = 1
    return gradient
