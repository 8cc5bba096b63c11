"""Correlates each unit vector, for f is linear in each operand."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    of_x = [np.correlate(unit, w, "valid") for unit in np.eye(len(x))]
    of_w = [np.correlate(x, unit, "valid") for unit in np.eye(len(w))]
    return np.stack(of_x, 1), np.stack(of_w, 1)
