"""Leaves each element out in turn and multiplies the others."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("prod_rule")
def prod_backward(d, a):
    columns = [np.delete(a, i, -1).prod(-1) * d for i in range(a.shape[-1])]
    return np.stack(columns, -1)
