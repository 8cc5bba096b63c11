"""Returns an array."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    return np.array([[1.0, 0.0], [x2, x1]])
