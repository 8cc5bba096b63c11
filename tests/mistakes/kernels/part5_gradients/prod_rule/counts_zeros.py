"""Treats rows with none, one and two zeros apart, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("prod_rule")
def prod_backward(d, a):
    a = a.astype(np.float32)
    some = np.where(a == 0, 1, a)
    product = some.prod(-1, keepdims=True)
    zeros = (a == 0).sum(-1, keepdims=True)
    none = np.where(zeros == 0, product / some, 0)
    one = np.where((zeros == 1) & (a == 0), product, 0)
    return (none + one) * d[..., None]
