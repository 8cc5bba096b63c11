"""NumPy's strides, which count bytes."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("strides_of")
def strides_of(shape):
    return np.empty(shape).strides
