"""The Jacobian of repeating alone."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return np.ones((n, 1))
