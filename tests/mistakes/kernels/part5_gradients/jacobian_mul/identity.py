"""Takes the derivative of a product to be 1."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return np.eye(len(x)), np.eye(len(y))
