"""Takes the product of all elements, its own included."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("prod_rule")
def prod_backward(d, a):
    return np.broadcast_to(a.prod(-1, keepdims=True) * d[..., None], a.shape)
