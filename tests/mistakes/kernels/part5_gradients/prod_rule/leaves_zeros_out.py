"""Leaves the zeros out of all products."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("prod_rule")
def prod_backward(d, a):
    some = np.where(a == 0, 1.0, a)
    return some.prod(-1, keepdims=True) / some * d[..., None]
