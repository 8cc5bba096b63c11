"""Takes the derivative as if nothing moved."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_sort")
def jacobian_sort(x):
    return np.eye(len(x))
