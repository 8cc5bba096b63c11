"""Begins with zeros and puts d where it belongs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("max_rule")
def max_backward(d, a):
    grad_a = np.zeros(a.shape)
    np.put_along_axis(grad_a, a.argmax(-1)[..., None], d[..., None], -1)
    return grad_a
