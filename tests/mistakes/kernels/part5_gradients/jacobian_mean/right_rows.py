"""The mean of the Jacobian of doing nothing."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return np.eye(len(x)).mean(0, keepdims=True)
