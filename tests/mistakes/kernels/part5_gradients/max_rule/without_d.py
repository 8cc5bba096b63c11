"""Sends 1 back, and d is not used."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("max_rule")
def max_backward(d, a):
    place = a.argmax(-1)[..., None]
    return np.where(np.arange(a.shape[-1]) == place, np.ones(a.shape), 0.0)
