"""Divides by the number of all elements."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("sum_rules")
def sum_backward(d, shape, dim, keepdim):
    if not keepdim:
        d = np.expand_dims(d, dim)
    return np.broadcast_to(d, shape)


@puzzle("sum_rules")
def mean_backward(d, shape, dim, keepdim):
    return sum_backward(d, shape, dim, keepdim) / np.prod(shape)
