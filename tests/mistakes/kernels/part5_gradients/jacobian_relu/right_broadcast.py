"""Columns of the identity, kept or not."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return np.eye(len(x)) * (x > 0)
