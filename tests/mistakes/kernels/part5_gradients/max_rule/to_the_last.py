"""Sends d to the last of several that are the largest."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("max_rule")
def max_backward(d, a):
    place = a.shape[-1] - 1 - a[..., ::-1].argmax(-1)[..., None]
    return np.where(np.arange(a.shape[-1]) == place, d[..., None], 0.0)
