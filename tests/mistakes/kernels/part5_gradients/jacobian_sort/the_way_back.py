"""To which place each input goes, so the transposed matrix."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_sort")
def jacobian_sort(x):
    return np.eye(len(x))[np.argsort(np.argsort(x))]
