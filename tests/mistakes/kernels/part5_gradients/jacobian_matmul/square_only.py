"""Takes the number of rows of x for every size."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    n = len(x)
    of_x = np.einsum("ia,bj->ijab", np.eye(n), y)
    of_y = np.einsum("ia,jb->ijab", x, np.eye(n))
    return of_x, of_y
