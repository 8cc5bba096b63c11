"""Goes through outputs and what is summed there."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    rows, inner = x.shape
    cols = y.shape[1]
    of_x, of_y = np.zeros((rows, cols, rows, inner)), np.zeros((rows, cols, inner, cols))
    for i in range(rows):
        for j in range(cols):
            for k in range(inner):
                of_x[i, j, i, k], of_y[i, j, k, j] = y[k, j], x[i, k]
    return of_x, of_y
