"""The product of all before times the product of all after."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_product")
def jacobian_product(x):
    before = np.concatenate([[1.0], np.cumprod(x)[:-1]])
    after = np.concatenate([[1.0], np.cumprod(x[::-1])[:-1]])[::-1]
    return (before * after).reshape(1, -1)
