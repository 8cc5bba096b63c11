"""Goes through all elements of x."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    rows, cols = x.shape
    out = np.zeros((cols, rows, rows, cols))
    for i in range(cols):
        for j in range(rows):
            out[i, j, j, i] = 1
    return out
