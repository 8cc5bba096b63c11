"""Copies d to the whole row, as for a sum."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("max_rule")
def max_backward(d, a):
    return np.broadcast_to(d[..., None], a.shape)
