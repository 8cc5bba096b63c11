"""Takes exp of a less the result, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("logsumexp_rule")
def logsumexp_backward(d, a):
    a = a.astype(np.float32)
    largest = a.max(-1, keepdims=True)
    out = largest + np.log(np.exp(a - largest).sum(-1, keepdims=True))
    return np.exp(a - out) * d.astype(np.float32)[..., None]
