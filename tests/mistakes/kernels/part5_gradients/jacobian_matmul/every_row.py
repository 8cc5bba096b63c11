"""Leaves out the conditions: each output depends on all rows and columns."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    rows, cols = len(x), y.shape[1]
    of_x = np.broadcast_to(y.T[None, :, None, :], (rows, cols, *x.shape))
    of_y = np.broadcast_to(x[:, None, :, None], (rows, cols, *y.shape))
    return of_x, of_y
