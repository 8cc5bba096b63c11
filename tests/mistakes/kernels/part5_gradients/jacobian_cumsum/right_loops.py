"""The derivatives by loops over outputs and inputs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_cumsum")
def jacobian_cumsum(x):
    n = len(x)
    jacobian = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            jacobian[i, j] = 1
    return jacobian
