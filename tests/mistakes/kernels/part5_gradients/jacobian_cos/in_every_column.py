"""Every input moves every output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cos")
def jacobian_cos(x):
    return np.outer(-np.sin(x), np.ones(len(x)))
