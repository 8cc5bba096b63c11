"""One number, seen as a row through a stride of 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mean")
def jacobian_mean(x):
    return np.broadcast_to(1 / len(x), (1, len(x)))
