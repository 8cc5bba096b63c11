"""Half the precision is enough."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_relu")
def jacobian_relu(x):
    return np.diag((x > 0).astype(np.float32))
