"""Takes exp of a less the result, which NumPy computes."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    out = np.logaddexp.reduce(a, -1)
    return np.exp(a - out[..., None]) * d[..., None]
