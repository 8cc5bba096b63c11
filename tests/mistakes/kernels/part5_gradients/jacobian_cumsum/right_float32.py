"""Half the precision is enough."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    return np.tril(np.ones((len(x), len(x)), np.float32))
