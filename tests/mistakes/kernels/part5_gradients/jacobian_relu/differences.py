"""Central differences, which find one half at the corner."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_relu")
def jacobian_relu(x):
    n = len(x)
    jacobian = np.zeros((n, n))
    for j in range(n):
        step = np.zeros(n)
        step[j] = 1e-6
        jacobian[:, j] = (np.maximum(x + step, 0) - np.maximum(x - step, 0)) / 2e-6
    return jacobian
