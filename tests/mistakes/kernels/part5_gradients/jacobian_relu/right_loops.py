"""The derivatives by loops over outputs and inputs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_relu")
def jacobian_relu(x):
    n = len(x)
    jacobian = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j and x[i] > 0:
                jacobian[i, j] = 1
    return jacobian
