"""NumPy's strides, divided by the size of an element, as an array."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("strides_of")
def strides_of(shape):
    return np.array(np.empty(shape, np.int8).strides, dtype=np.int32)
