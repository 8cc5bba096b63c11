"""NumPy's product, told to compute with ints: the result is one of NumPy's."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("position")
def position(index, strides):
    return np.dot(np.array(index, np.int64), np.array(strides, np.int64))
