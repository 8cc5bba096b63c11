"""NumPy's product of two empty tuples is a float."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("position")
def position(index, strides):
    return np.dot(index, strides)
