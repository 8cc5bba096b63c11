"""Each row number compared with each column number."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    place = np.arange(len(x))
    return 1.0 * (place[:, None] >= place)
