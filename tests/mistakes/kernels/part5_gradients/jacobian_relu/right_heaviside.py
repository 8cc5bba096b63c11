"""A step from 0 to 1, which is 0 at 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return np.diag(np.heaviside(x, 0.0))
