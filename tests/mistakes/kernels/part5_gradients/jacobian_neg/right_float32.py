"""Half the precision is enough."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_neg")
def jacobian_neg(x):
    return np.diag(np.full(len(x), -1, np.float32))
