"""The same row for all outputs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cos")
def jacobian_cos(x):
    return np.tile(-np.sin(x), (len(x), 1))
