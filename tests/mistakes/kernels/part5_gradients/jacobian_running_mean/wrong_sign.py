"""A minus came from nowhere."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    return -np.tri(len(x)) / np.arange(1, len(x) + 1)[:, None]
