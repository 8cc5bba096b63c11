"""Writes the diagonals into zeros."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_elementwise_mean")
def jacobian_elementwise_mean(x, y):
    of_x, of_y = np.zeros((len(x), len(x))), np.zeros((len(y), len(y)))
    np.fill_diagonal(of_x, 0.5)
    np.fill_diagonal(of_y, 0.5)
    return of_x, of_y
