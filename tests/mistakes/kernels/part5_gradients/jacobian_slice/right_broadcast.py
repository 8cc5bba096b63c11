"""Where each output comes from, compared with each column."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    return 1.0 * (np.arange(start, stop)[:, None] == np.arange(len(x)))
