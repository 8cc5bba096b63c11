"""Computes exp of large numbers."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    powers = np.exp(a)
    return powers / powers.sum(-1, keepdims=True) * d[..., None]
