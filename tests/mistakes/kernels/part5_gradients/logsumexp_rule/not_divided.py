"""Forgets the derivative of the logarithm."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    return np.exp(a) * d[..., None]
