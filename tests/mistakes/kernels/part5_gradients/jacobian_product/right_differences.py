"""Central differences: a product is a straight line in each of its elements."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_product")
def jacobian_product(x):
    n = len(x)
    jacobian = np.zeros((1, n))
    for j in range(n):
        step = np.zeros(n)
        step[j] = 1e-6
        jacobian[:, j] = (np.prod(x + step) - np.prod(x - step)) / 2e-6
    return jacobian
