"""The product of the elements before, without those after."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_product")
def jacobian_product(x):
    return np.concatenate([[1.0], np.cumprod(x)[:-1]])[None]
