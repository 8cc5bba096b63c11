"""Copies every stride, those of stretched dimensions too."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    result = np.zeros(len(big_shape), np.int64)
    new = len(big_shape) - len(shape)
    for d in range(len(shape)):
        result[d + new] = strides[d]
    return result
