"""Measures with central differences, so a derivative that is 0 comes out nearly 0."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_product")
def jacobian_product(x):
    steps = 1e-4 * np.eye(len(x))
    return np.array([[(np.prod(x + step) - np.prod(x - step)) / 2e-4 for step in steps]])
