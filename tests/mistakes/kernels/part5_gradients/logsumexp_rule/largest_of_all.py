"""Takes the largest of all rows off each."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    powers = np.exp(a - a.max(initial=-np.inf))
    return powers / powers.sum(-1, keepdims=True) * d[..., None]
