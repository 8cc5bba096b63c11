"""Four loops, one number at a time."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_conv2d")
def jacobian_conv2d(x, w):
    (h, v), (rows, cols) = w.shape, x.shape
    up, along = rows - h + 1, cols - v + 1
    of_x, of_w = np.zeros((up, along, rows, cols)), np.zeros((up, along, h, v))
    for i in range(up):
        for j in range(along):
            for p in range(h):
                for q in range(v):
                    of_x[i, j, i + p, j + q] = w[p, q]
                    of_w[i, j, p, q] = x[i + p, j + q]
    return of_x, of_w
