"""Puts the dimension back and makes no copies."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("sum_rules")
def sum_backward(d, shape, dim, keepdim):
    return d if keepdim else np.expand_dims(d, dim)


@puzzle("sum_rules")
def mean_backward(d, shape, dim, keepdim):
    d = d if keepdim else np.expand_dims(d, dim)
    return np.broadcast_to(d / shape[dim], shape)
