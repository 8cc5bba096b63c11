"""The axes of the inputs stand before those of the output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    of_x = np.einsum("ia,bj->ijab", np.eye(len(x)), y)
    of_y = np.einsum("ia,jb->ijab", x, np.eye(y.shape[1]))
    return of_x.transpose(2, 3, 0, 1), of_y.transpose(2, 3, 0, 1)
