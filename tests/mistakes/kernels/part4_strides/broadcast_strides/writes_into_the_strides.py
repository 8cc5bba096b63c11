"""Sets strides to 0 in the array that it was given."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "changed-input"}


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    new = len(big_shape) - len(shape)
    result = np.zeros(len(big_shape), np.int64)
    for d in range(len(shape)):
        if shape[d] != big_shape[d + new]:
            strides[d] = 0
        result[d + new] = strides[d]
    return result
