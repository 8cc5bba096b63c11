"""Multiplies unit matrices, for f is linear in each operand."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    of_x = np.eye(x.size).reshape(x.size, *x.shape) @ y
    of_y = x @ np.eye(y.size).reshape(y.size, *y.shape)
    outputs = (len(x), y.shape[1])
    return np.moveaxis(of_x, 0, -1).reshape(*outputs, *x.shape), np.moveaxis(of_y, 0, -1).reshape(*outputs, *y.shape)
