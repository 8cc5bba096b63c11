"""The mean of each row of the Jacobian of doing nothing."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mean_rows")
def jacobian_mean_rows(x):
    return np.eye(x.size).reshape(*x.shape, *x.shape).mean(1)
