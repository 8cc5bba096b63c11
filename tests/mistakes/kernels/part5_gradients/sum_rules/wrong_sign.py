"""Sends minus d back."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("sum_rules")
def sum_backward(d, shape, dim, keepdim):
    return -np.broadcast_to(d if keepdim else np.expand_dims(d, dim), shape)


@puzzle("sum_rules")
def mean_backward(d, shape, dim, keepdim):
    return -sum_backward(d, shape, dim, keepdim) / shape[dim]
