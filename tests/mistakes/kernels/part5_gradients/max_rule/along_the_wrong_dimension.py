"""Lets d meet the columns where it fits, and the rows elsewhere."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("max_rule")
def max_backward(d, a):
    place = a.argmax(-1)[..., None]
    if d.shape[-1:] != a.shape[-1:]:
        d = d[..., None]
    return np.where(np.arange(a.shape[-1]) == place, d, 0.0)
