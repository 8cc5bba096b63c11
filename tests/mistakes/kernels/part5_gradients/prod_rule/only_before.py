"""Multiplies what stands before each element, and forgets the rest."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("prod_rule")
def prod_backward(d, a):
    ones = np.ones((*a.shape[:-1], 1))
    return np.concatenate([ones, a[..., :-1]], -1).cumprod(-1) * d[..., None]
