"""A diagonal that is moved to the right."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    return np.eye(stop - start, len(x), start)
