"""Multiplies with ones, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("sum_rules")
def sum_backward(d, shape, dim, keepdim):
    kept = list(shape)
    kept[dim] = 1
    return np.ones(shape, np.float32) * d.reshape(kept).astype(np.float32)


@puzzle("sum_rules")
def mean_backward(d, shape, dim, keepdim):
    return sum_backward(d, shape, dim, keepdim) / shape[dim]
