"""An identity matrix of integers is no array of floats."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_sort")
def jacobian_sort(x):
    return np.eye(len(x), dtype=np.int64)[np.argsort(x)]
