"""The first has a minus."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    of_x = np.einsum("ia,bj->ijab", np.eye(len(x)), y)
    of_y = np.einsum("ia,jb->ijab", x, np.eye(y.shape[1]))
    return -of_x, of_y
