"""Writes one diagonal element after another, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    n = len(x)
    of_x, of_y = np.zeros((n, n), np.float32), np.zeros((n, n), np.float32)
    for i in range(n):
        of_x[i, i], of_y[i, i] = y[i], x[i]
    return of_x, of_y
