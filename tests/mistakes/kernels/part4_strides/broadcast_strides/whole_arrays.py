"""No loop at all."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    new = len(big_shape) - len(shape)
    result = np.zeros_like(big_shape)
    result[new:] = np.where(shape == big_shape[new:], strides, 0)
    return result
