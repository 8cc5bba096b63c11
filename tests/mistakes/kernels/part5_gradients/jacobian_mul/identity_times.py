"""The identity matrix, with each column multiplied."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return np.eye(len(x)) * y, np.eye(len(y)) * x
