"""Keeps half of the digits."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_running_mean")
def jacobian_running_mean(x):
    divisors = np.arange(1, len(x) + 1, dtype=np.float32)
    return np.tri(len(x), dtype=np.float32) / divisors[:, None]
