"""The derivatives by loops over outputs and inputs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_neg")
def jacobian_neg(x):
    n = len(x)
    jacobian = np.zeros((n, n))
    for i in range(n):
        jacobian[i, i] = -1
    return jacobian
