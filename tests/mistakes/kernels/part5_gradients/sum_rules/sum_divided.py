"""Divides the gradient of a sum as well."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("sum_rules")
def sum_backward(d, shape, dim, keepdim):
    if not keepdim:
        d = np.expand_dims(d, dim)
    return np.broadcast_to(d, shape) / max(1, shape[dim])


@puzzle("sum_rules")
def mean_backward(d, shape, dim, keepdim):
    return sum_backward(d, shape, dim, keepdim)
