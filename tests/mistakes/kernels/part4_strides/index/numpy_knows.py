"""NumPy has a function for it."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("index")
def index(k, shape):
    return np.unravel_index(k, shape)
