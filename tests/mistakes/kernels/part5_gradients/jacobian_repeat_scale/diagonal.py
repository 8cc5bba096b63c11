"""As if there were an input for each copy."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return np.diag(np.arange(1.0, n + 1))
