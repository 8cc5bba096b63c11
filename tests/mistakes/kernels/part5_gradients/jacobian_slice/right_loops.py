"""The derivatives by loops over outputs and inputs."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_slice")
def jacobian_slice(x, start, stop):
    jacobian = np.zeros((stop - start, len(x)))
    for i in range(stop - start):
        jacobian[i, start + i] = 1
    return jacobian
