"""Sends all of d to the largest element."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    place = a.argmax(-1)[..., None]
    return np.where(np.arange(a.shape[-1]) == place, d[..., None], 0.0)
