"""Divides, and takes 0 where it cannot."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("prod_rule")
def prod_backward(d, a):
    safe = np.where(a == 0, 1.0, a)
    return np.where(a == 0, 0.0, a.prod(-1, keepdims=True) / safe) * d[..., None]
