"""The flat matrices are Kronecker products; then they are folded."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_matmul")
def jacobian_matmul(x, y):
    outputs = (len(x), y.shape[1])
    of_x, of_y = np.kron(np.eye(len(x)), y.T), np.kron(x, np.eye(y.shape[1]))
    return of_x.reshape(*outputs, *x.shape), of_y.reshape(*outputs, *y.shape)
