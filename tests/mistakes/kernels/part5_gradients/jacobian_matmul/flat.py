"""Both sides of both are flat."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    return np.kron(np.eye(len(x)), y.T), np.kron(x, np.eye(y.shape[1]))
