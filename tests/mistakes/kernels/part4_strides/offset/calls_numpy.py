"""Right in Python; numba does not have this function."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}


@puzzle("offset")
def offset(k, shape, strides):
    return np.dot(np.array(np.unravel_index(k, shape), np.int64), strides)
