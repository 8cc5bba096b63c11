"""A band for the rows and one for the columns, with w between them."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_conv2d")
def jacobian_conv2d(x, w):
    (h, v), (rows, cols) = w.shape, x.shape
    down = np.stack([np.eye(rows - h + 1, rows, p) for p in range(h)])
    right = np.stack([np.eye(cols - v + 1, cols, q) for q in range(v)])
    of_x = np.einsum("pq,pia,qjb->ijab", w, down, right)
    return of_x, np.einsum("ab,pia,qjb->ijpq", x, down, right)
