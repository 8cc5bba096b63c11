"""Central differences, a column for each input."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cos")
def jacobian_cos(x):
    n = len(x)
    jacobian = np.zeros((n, n))
    for j in range(n):
        step = np.zeros(n)
        step[j] = 1e-6
        jacobian[:, j] = (np.cos(x + step) - np.cos(x - step)) / 2e-6
    return jacobian
