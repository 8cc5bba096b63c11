"""Turns the sign round."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("prod_rule")
def prod_backward(d, a):
    ones = np.ones((*a.shape[:-1], 1))
    before = np.concatenate([ones, a[..., :-1]], -1).cumprod(-1)
    after = np.concatenate([ones, a[..., :0:-1]], -1).cumprod(-1)[..., ::-1]
    return -before * after * d[..., None]
