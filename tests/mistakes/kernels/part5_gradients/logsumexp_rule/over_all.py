"""Takes the shares in the sum over all rows."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    powers = np.exp(a - a.max(initial=-np.inf))
    return powers / powers.sum() * d[..., None]
