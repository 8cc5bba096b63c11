"""The sign is turned round."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_product")
def jacobian_product(x):
    return -np.where(np.eye(len(x)), 1, x).prod(1)[None]
