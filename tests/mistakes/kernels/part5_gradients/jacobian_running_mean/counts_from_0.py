"""Divides by i, and by 0 in the first row."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    with np.errstate(all="ignore"):
        return np.tri(len(x)) / np.arange(len(x))[:, None]
