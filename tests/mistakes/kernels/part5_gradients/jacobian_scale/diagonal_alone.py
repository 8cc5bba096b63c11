"""One derivative for each element, and no row for each output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    return np.full(len(x), c)
