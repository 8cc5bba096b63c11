"""Takes y[j, b] for y[b, j], which fits squares only."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    of_x = np.einsum("ia,jb->ijab", np.eye(len(x)), y)
    assert of_x.shape == (len(x), y.shape[1], *x.shape)
    of_y = np.einsum("ia,jb->ijab", x, np.eye(y.shape[1]))
    return of_x, of_y
