"""The derivatives by loops over outputs and inputs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_scale")
def jacobian_scale(x, c):
    n = len(x)
    jacobian = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                jacobian[i, j] = c
    return jacobian
