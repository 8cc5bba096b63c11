"""Returns the very array that it was given where nothing has to change."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "shared-memory"}


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    if len(shape) == len(big_shape) and (shape == big_shape).all():
        return strides
    result = np.zeros(len(big_shape), np.int64)
    new = len(big_shape) - len(shape)
    for d in range(len(shape)):
        if shape[d] == big_shape[d + new]:
            result[d + new] = strides[d]
    return result
