"""The elements themselves where their derivatives belong."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    return np.diag(x)[start:stop]
