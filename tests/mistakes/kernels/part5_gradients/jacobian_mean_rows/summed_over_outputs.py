"""One matrix for all outputs together."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    return np.full(x.shape, 1 / x.shape[1])
