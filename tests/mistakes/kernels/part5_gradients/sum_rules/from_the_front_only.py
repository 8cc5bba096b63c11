"""Forgets that dim may be negative."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("sum_rules")
def sum_backward(d, shape, dim, keepdim):
    kept = tuple(1 if i == dim else size for i, size in enumerate(shape))
    return np.broadcast_to(d.reshape(kept), shape)


@puzzle("sum_rules")
def mean_backward(d, shape, dim, keepdim):
    return sum_backward(d, shape, dim, keepdim) / shape[dim]
