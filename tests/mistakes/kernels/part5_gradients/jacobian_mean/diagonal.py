"""As if there were an output for each element."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return np.eye(len(x)) / len(x)
