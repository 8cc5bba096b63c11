"""Puts the zeros of the new dimensions at the end."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    result = np.zeros(len(big_shape), np.int64)
    new = len(big_shape) - len(shape)
    for d in range(len(shape)):
        if shape[d] == big_shape[d + new]:
            result[d] = strides[d]
    return result
