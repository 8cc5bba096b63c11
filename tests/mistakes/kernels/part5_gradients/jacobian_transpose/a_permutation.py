"""Takes the rows of the identity in the order of the transpose, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    order = np.arange(x.size).reshape(x.shape).T
    return np.eye(x.size, dtype=np.float32)[order].reshape(*x.T.shape, *x.shape)
