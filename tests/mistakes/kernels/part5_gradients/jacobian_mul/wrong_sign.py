"""The second has a minus, as in the rule of a quotient."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return np.diag(y), -np.diag(x)
