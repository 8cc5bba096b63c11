"""Works the strides out anew, as if the small tensor lay row by row."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    result = np.zeros(len(big_shape), np.int64)
    new = len(big_shape) - len(shape)
    step = 1
    for d in range(len(shape) - 1, -1, -1):
        if shape[d] != 1:
            result[d + new] = step
        step *= shape[d]
    return result
