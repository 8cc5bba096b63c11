"""Divides, and puts 0 where that gives no number."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_product")
def jacobian_product(x):
    return np.nan_to_num(x.prod() / x, posinf=0, neginf=0)[None]
