"""Ties i to b and j to a."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    rows, cols = x.shape
    return np.einsum("ib,ja->ijab", np.eye(cols), np.eye(rows))
