"""Forgets to put the dimension of d back."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("max_rule")
def max_backward(d, a):
    place = a.argmax(-1)[..., None]
    return np.where(np.arange(a.shape[-1]) == place, d, 0.0)
