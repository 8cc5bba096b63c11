"""Deletes each element in turn."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_product")
def jacobian_product(x):
    return [[float(np.prod(np.delete(x, j))) for j in range(len(x))]]
