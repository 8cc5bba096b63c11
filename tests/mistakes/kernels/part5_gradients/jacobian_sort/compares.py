"""Compares sorted elements with all elements."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_sort")
def jacobian_sort(x):
    return (np.sort(x)[:, None] == x).astype(float)
