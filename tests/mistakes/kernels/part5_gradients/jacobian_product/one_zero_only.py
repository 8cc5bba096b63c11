"""Right with one zero; with two, each is taken for the only one."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_product")
def jacobian_product(x):
    kept = np.where(x == 0, 1, x)
    if (x == 0).any():
        return np.where(x == 0, kept.prod(), 0.0)[None]
    return (x.prod() / x)[None]
