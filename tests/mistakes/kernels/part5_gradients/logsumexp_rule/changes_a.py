"""Takes the largest element off a itself."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    a -= a.max(-1, keepdims=True)
    powers = np.exp(a)
    return powers / powers.sum(-1, keepdims=True) * d[..., None]
