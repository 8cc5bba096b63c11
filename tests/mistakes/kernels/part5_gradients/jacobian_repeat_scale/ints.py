"""A Jacobian of ints: derivatives are floats."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return np.arange(1, n + 1)[:, None]
