"""NumPy has a function for it, which raises the right error."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    return np.broadcast_shapes(shape_a, shape_b)
