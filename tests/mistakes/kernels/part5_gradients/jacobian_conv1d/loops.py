"""Goes through outputs and places of the window."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    n, k = len(x), len(w)
    of_x, of_w = np.zeros((n - k + 1, n)), np.zeros((n - k + 1, k))
    for i in range(n - k + 1):
        for j in range(k):
            of_x[i, i + j] += w[j]
            of_w[i, j] += x[i + j]
    return of_x, of_w
