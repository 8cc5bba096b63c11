"""Makes the copies with np.repeat."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("sum_rules")
def sum_backward(d, shape, dim, keepdim):
    d = d if keepdim else np.expand_dims(d, dim)
    return np.repeat(d, shape[dim], dim)


@puzzle("sum_rules")
def mean_backward(d, shape, dim, keepdim):
    return sum_backward(d, shape, dim, keepdim) / shape[dim]
