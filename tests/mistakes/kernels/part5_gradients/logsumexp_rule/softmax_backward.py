"""Takes the backward rule of softmax."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    powers = np.exp(a - a.max(-1, keepdims=True))
    s = powers / powers.sum(-1, keepdims=True)
    d = d[..., None]
    return s * (d - (d * s).sum(-1, keepdims=True))
