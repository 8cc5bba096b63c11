"""The outputs themselves where their derivatives belong."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_repeat_scale")
def jacobian_repeat_scale(x, n):
    return (np.arange(1.0, n + 1) * x[0])[:, None]
