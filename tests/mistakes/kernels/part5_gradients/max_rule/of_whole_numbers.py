"""Begins with zeros that are integers."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("max_rule")
def max_backward(d, a):
    grad_a = np.zeros(a.shape, int)
    np.put_along_axis(grad_a, a.argmax(-1)[..., None], d[..., None].astype(int), -1)
    return grad_a
