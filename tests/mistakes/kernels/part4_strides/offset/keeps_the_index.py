"""Keeps the index in an array of its own before it uses it."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("offset")
def offset(k, shape, strides):
    index = np.empty(len(shape), np.int64)
    for d in range(len(shape) - 1, -1, -1):
        index[d] = k % shape[d]
        k //= shape[d]
    return np.sum(index * strides)
