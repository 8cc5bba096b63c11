"""Looks for the largest of all rows."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("max_rule")
def max_backward(d, a):
    return np.where(a == a.max(initial=-np.inf), d[..., None], 0.0)
