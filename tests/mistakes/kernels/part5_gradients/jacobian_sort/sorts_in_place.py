"""Right, but leaves the learner's x sorted."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("jacobian_sort")
def jacobian_sort(x):
    order = np.argsort(x)
    x.sort()
    return np.eye(len(x))[order]
