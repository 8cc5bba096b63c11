"""Right as long as no dimension is new."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    result = np.zeros(len(big_shape), np.int64)
    for d in range(len(big_shape)):
        if shape[d] == big_shape[d]:
            result[d] = strides[d]
    return result
