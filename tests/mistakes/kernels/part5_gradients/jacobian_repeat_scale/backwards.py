"""The factors count down."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return np.arange(n, 0.0, -1)[:, None]
