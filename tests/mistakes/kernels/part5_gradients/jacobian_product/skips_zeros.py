"""The product of the elements that are not 0, shared by division."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_product")
def jacobian_product(x):
    kept = np.where(x == 0, 1, x)
    return (kept.prod() / kept)[None]
