"""Uses indices from the end."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    result = np.zeros(big_shape.size, dtype=np.int64)
    for d in range(1, len(shape) + 1):
        if shape[-d] != 1:
            result[-d] = strides[-d]
    return result
