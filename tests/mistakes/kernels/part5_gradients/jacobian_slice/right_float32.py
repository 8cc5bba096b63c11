"""Half the precision is enough."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    return np.identity(len(x), np.float32)[start:stop]
